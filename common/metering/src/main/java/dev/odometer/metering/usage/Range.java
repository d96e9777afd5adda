package dev.odometer.metering.usage;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The time range of a query, {@code from <= t < to}, truncated to microseconds. An absent bound is open. */
public record Range(@Nullable Instant from, @Nullable Instant to) {

    public static final Range ALL = new Range(null, null);

    /** @throws Refusal when the range is empty or inverted */
    public Range {
        from = from == null ? null : Timestamp.checked("from", from);
        to = to == null ? null : Timestamp.checked("to", to);
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
