package dev.odometer.postgres.plan;

import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.usage.Range;
import java.time.Instant;

/** Time, {@code from <= t < to}, in microseconds. */
public record Stretch(long from, long to) {

    // Midnights, so that every level begins there; common allows no time outside.
    private static final long EARLIEST = Micros.of(Instant.parse("0000-01-01T00:00:00Z"));
    private static final long LATEST = Micros.of(Instant.parse("9999-12-31T00:00:00Z")) + 86_400 * Micros.SECOND;

    public static Stretch of(Range range) {
        return new Stretch(
                range.from() == null ? EARLIEST : Micros.of(range.from()),
                range.to() == null ? LATEST : Micros.of(range.to()));
    }

    public boolean contains(long micros) {
        return micros >= from && micros < to;
    }

    /** The shortest stretch that has all of both. */
    public Stretch around(Stretch other) {
        return new Stretch(Math.min(from, other.from), Math.max(to, other.to));
    }
}
