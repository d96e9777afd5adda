package dev.odometer.postgres.query;

import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.usage.Range;
import java.time.Instant;

/** Time, {@code from <= t < to}, in microseconds. */
record Stretch(long from, long to) {

    // Midnights, so that every level begins there; common allows no time outside.
    private static final long EARLIEST = Micros.of(Instant.parse("0000-01-01T00:00:00Z"));
    private static final long LATEST = Micros.of(Instant.parse("9999-12-31T00:00:00Z")) + 86_400 * Micros.SECOND;

    static Stretch of(Range range) {
        return new Stretch(
                range.from() == null ? EARLIEST : Micros.of(range.from()),
                range.to() == null ? LATEST : Micros.of(range.to()));
    }
}
