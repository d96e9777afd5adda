package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Resource;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A version of a plan. A published version never changes, except for the end of its effective period.
 *
 * @param id a ULID
 * @param label the versions of a plan share its key
 * @param version from 1
 * @param effective absent while the plan is a draft
 */
public record Plan(
        String id,
        Label label,
        int version,
        PlanTerms terms,
        @Nullable Effective effective,
        Lifecycle lifecycle) implements Resource {

    /**
     * When a version can be subscribed to.
     *
     * @param from when it was published
     * @param to when it was archived; absent if it was not
     */
    public record Effective(Instant from, @Nullable Instant to) {}

    /** The state of a version at a time. */
    public enum Status {
        DRAFT,
        ACTIVE,
        ARCHIVED,
        SCHEDULED
    }

    public String key() {
        return label.key();
    }

    public Status status(Instant now) {
        if (effective == null) {
            return Status.DRAFT;
        }
        if (effective.to != null && !now.isBefore(effective.to)) {
            return Status.ARCHIVED;
        }
        return now.isBefore(effective.from) ? Status.SCHEDULED : Status.ACTIVE;
    }

    /** @throws Refusal INVALID when it has another status at the time */
    public void requireStatus(Status required, Instant now) {
        if (status(now) != required) {
            throw unfit(required.name().toLowerCase(Locale.ROOT), now);
        }
    }

    /** @throws Refusal INVALID when it is active, since it can be subscribed to */
    public void requireNotActive(Instant now) {
        if (status(now) == Status.ACTIVE) {
            throw unfit("draft, scheduled or archived", now);
        }
    }

    private Refusal unfit(String required, Instant now) {
        return Refusal.invalid("version " + version + " of plan " + key() + " is "
                + status(now).name().toLowerCase(Locale.ROOT) + ", not " + required);
    }

    /** @throws Refusal CONFLICT when its label or its terms differ from those of the draft that was checked */
    public void requireUnchanged(Plan checked) {
        if (!label.equals(checked.label) || !terms.equals(checked.terms)) {
            throw Refusal.conflict("version " + version + " of plan " + key() + " changed while it was published");
        }
    }

    /** The draft with another label and terms; the key and the currency remain. */
    public Plan revised(Label revisedLabel, PlanTerms revisedTerms, Instant at) {
        return new Plan(id, revisedLabel, version, revisedTerms, effective, lifecycle.changed(at));
    }
}
