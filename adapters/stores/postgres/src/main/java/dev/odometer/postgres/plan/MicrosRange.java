package dev.odometer.postgres.plan;

import dev.odometer.metering.usage.Range;
import dev.odometer.postgres.jdbc.Micros;
import java.time.Instant;

/** A range of time, {@code from <= t < to}, in microseconds since 1970. */
public record MicrosRange(long from, long to) {

    // Midnights, so that buckets of every level begin there. No time outside of these bounds is valid in common.
    private static final long EARLIEST = Micros.of(Instant.parse("0000-01-01T00:00:00Z"));
    private static final long LATEST = Micros.of(Instant.parse("9999-12-31T00:00:00Z")) + 86_400 * Micros.SECOND;

    public static MicrosRange of(Range range) {
        return new MicrosRange(
                range.from() == null ? EARLIEST : Micros.of(range.from()),
                range.to() == null ? LATEST : Micros.of(range.to()));
    }

    public boolean contains(long micros) {
        return micros >= from && micros < to;
    }

    /** The smallest range that contains both. */
    public MicrosRange enclosing(MicrosRange other) {
        return new MicrosRange(Math.min(from, other.from), Math.max(to, other.to));
    }
}
