package dev.odometer.usage;

import dev.odometer.refusal.Refusal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time a question is about, {@code from <= t < to}; an absent side is open. */
public record Range(@Nullable Instant from, @Nullable Instant to) {

    public static final Range ALL = new Range(null, null);

    /** @throws Refusal when the range is empty or upside down */
    public Range {
        if (from != null && to != null) {
            if (from.equals(to)) {
                throw Refusal.invalid("from and to cannot be equal");
            }
            if (from.isAfter(to)) {
                throw Refusal.invalid("from must be before to");
            }
        }
    }

    public boolean contains(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }
}
