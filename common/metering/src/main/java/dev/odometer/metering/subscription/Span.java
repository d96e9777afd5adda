package dev.odometer.metering.subscription;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An interval of time that may have no end, {@code from <= t < to}.
 *
 * @param to absent if it does not end; not after {@code from} if it is empty
 */
public record Span(Instant from, @Nullable Instant to) {

    public boolean isEmpty() {
        return to != null && !to.isAfter(from);
    }

    public boolean contains(Instant time) {
        return !time.isBefore(from) && (to == null || time.isBefore(to));
    }

    /** Whether a time is in both intervals. */
    public boolean overlaps(Span other) {
        return !within(other).isEmpty() && !isEmpty() && !other.isEmpty();
    }

    /** The part of this interval that is in the other. */
    public Span within(Span other) {
        return new Span(from.isBefore(other.from) ? other.from : from, earlier(to, other.to));
    }

    static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }
}
