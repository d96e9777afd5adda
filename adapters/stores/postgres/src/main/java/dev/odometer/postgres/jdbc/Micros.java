package dev.odometer.postgres.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Converts times to the stored form: microseconds since 1970-01-01T00:00:00Z. */
public final class Micros {

    public static final long SECOND = 1_000_000;
    public static final long MINUTE = 60 * SECOND;

    /** The SQL expression of the server's time. */
    public static final String NOW = "(extract(epoch from clock_timestamp()) * 1000000)::bigint";

    private Micros() {}

    public static long of(Instant time) {
        // Not ChronoUnit.between: it computes in nanoseconds, which overflow in 2262.
        return Math.addExact(Math.multiplyExact(time.getEpochSecond(), SECOND), time.getNano() / 1000);
    }

    public static @Nullable Long ofNullable(@Nullable Instant time) {
        return time == null ? null : Long.valueOf(of(time));
    }

    public static Instant toInstant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /** @param duration in whole seconds */
    public static long of(Duration duration) {
        return Math.multiplyExact(duration.toSeconds(), SECOND);
    }

    public static Duration toDuration(long micros) {
        return Duration.of(micros, ChronoUnit.MICROS);
    }

    /** The time in a nullable column. */
    public static @Nullable Instant toInstant(ResultSet row, String column) throws SQLException {
        long micros = row.getLong(column);
        return row.wasNull() ? null : toInstant(micros);
    }

    /** The second at which the minute of this time begins. */
    public static long minute(long micros) {
        return Math.floorDiv(micros, MINUTE) * 60;
    }
}
