package dev.odometer.postgres.rollup;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;

/**
 * The levels of the rollups. Buckets begin at the minutes, hours, days and months of UTC, and are named by the second
 * at which they begin.
 */
public enum Granularity {
    MINUTE(60),
    HOUR(3600),
    DAY(86_400),
    MONTH(0) {
        @Override
        String bucketOf(String column) {
            return "extract(epoch from date_trunc('month', timestamp 'epoch' + " + column
                    + " * interval '1 second'))::bigint";
        }

        @Override
        public long floor(long second) {
            long day = Math.floorDiv(second, DAY.seconds);
            return LocalDate.ofEpochDay(day).withDayOfMonth(1).toEpochSecond(LocalTime.MIDNIGHT, ZoneOffset.UTC);
        }

        @Override
        public long ceil(long second) {
            long start = floor(second);
            return start == second ? start : floor(start + 32 * DAY.seconds);
        }
    };

    /** The length of a bucket; 0 for months, which have no fixed length. */
    public final long seconds;

    Granularity(long seconds) {
        this.seconds = seconds;
    }

    public String table(String kind) {
        return kind + "_" + name().toLowerCase(Locale.ROOT);
    }

    /** The SQL of the bucket that contains the minute in a column. */
    String bucketOf(String column) {
        // PostgreSQL's remainder has the sign of the dividend, which is negative for times before 1970.
        return this == MINUTE ? column : "(%1$s - ((%1$s %% %2$d) + %2$d) %% %2$d)".formatted(column, seconds);
    }

    public long floor(long second) {
        return Math.floorDiv(second, seconds) * seconds;
    }

    public long ceil(long second) {
        return -Math.floorDiv(-second, seconds) * seconds;
    }

    /** The next finer level; minutes are the finest and return themselves. */
    public Granularity finer() {
        return switch (this) {
            case MONTH -> DAY;
            case DAY -> HOUR;
            case HOUR, MINUTE -> MINUTE;
        };
    }
}
