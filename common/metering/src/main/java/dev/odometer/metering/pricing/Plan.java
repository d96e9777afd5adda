package dev.odometer.metering.pricing;

import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Resource;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A version of a plan. A published version never changes, but for the end of its effective period.
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
}
