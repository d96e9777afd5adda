package dev.odometer.postgres.plan;

import dev.odometer.metering.usage.Range;
import dev.odometer.postgres.jdbc.Micros;
import java.time.Instant;

/** Time, {@code from <= t < to}, in microseconds. */
public record MicrosRange(long from, long to) {

    // Midnights, so that every level begins there; common allows no time outside.
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

    /** The shortest stretch that has all of both. */
    public MicrosRange around(MicrosRange other) {
        return new MicrosRange(Math.min(from, other.from), Math.max(to, other.to));
    }
}
