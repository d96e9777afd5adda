package dev.odometer.postgres.rollup;

import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Locale;

/** How coarse a rollup is. Buckets begin where minutes, hours, days and months of UTC do. */
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

    /** Of a bucket; months have no fixed size. */
    public final long seconds;

    Granularity(long seconds) {
        this.seconds = seconds;
    }

    public String table(String kind) {
        return kind + "_" + name().toLowerCase(Locale.ROOT);
    }

    /** The SQL of the bucket that holds the minute in that column. */
    String bucketOf(String column) {
        // PostgreSQL's remainder has the sign of the dividend, and there was a time before 1970.
        return this == MINUTE ? column : "(%1$s - ((%1$s %% %2$d) + %2$d) %% %2$d)".formatted(column, seconds);
    }

    public long floor(long second) {
        return Math.floorDiv(second, seconds) * seconds;
    }

    public long ceil(long second) {
        return -Math.floorDiv(-second, seconds) * seconds;
    }

    /** The next level down; there is none below minutes. */
    public Granularity finer() {
        return switch (this) {
            case MONTH -> DAY;
            case DAY -> HOUR;
            case HOUR, MINUTE -> MINUTE;
        };
    }
}
