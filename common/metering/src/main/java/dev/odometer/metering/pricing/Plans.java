package dev.odometer.metering.pricing;

import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Optional;

/** The store of plans. Changes to the versions of one plan are serialized by its key. */
public interface Plans {

    /** A page of plan versions, with the total count. */
    Page<Plan> list(PlanSearch search);

    /** Finds a version by its id, including deleted ones. */
    Optional<Plan> find(String id);

    /**
     * Finds a version by the key of the plan, among those that are not deleted.
     *
     * @param choice which of the versions
     */
    Optional<Plan> findByKey(String key, Choice choice);

    /** Which version of a plan. */
    sealed interface Choice {

        /** The version that can be subscribed to at the time. */
        record Active(Instant at) implements Choice {}

        /** The version with the highest number, even if it is a draft. */
        record Latest() implements Choice {}

        /** The version with this number. */
        record Numbered(int version) implements Choice {}
    }

    /**
     * Adds a draft as the next version of its key. The version of the argument is ignored.
     *
     * @return the draft with its version
     * @throws dev.odometer.functions.refusal.Refusal INVALID when the key has a draft already
     */
    Plan add(Plan draft);

    /**
     * Replaces a draft.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such version; INVALID when it is not a
     *     draft
     */
    void update(Plan draft);

    /**
     * Publishes a draft and archives the active version of its key, all or nothing.
     *
     * @param checked the draft as it was checked; if the stored draft differs, it is not published
     * @return the published version
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such version; INVALID when it is not a
     *     draft; CONFLICT when it changed since
     */
    Plan publish(Plan checked, Instant at);

    /**
     * Archives the active version.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such version; INVALID when it is not
     *     active
     */
    Plan archive(String id, Instant at);

    /**
     * Deletes a draft or an archived version.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such version; INVALID when it is active
     */
    void delete(String id, Instant at);
}
