package dev.odometer.postgres;

/** How coarse a rollup is. Buckets begin at multiples of their size since 1970-01-01T00:00:00Z. */
enum Level {
    MINUTE(60),
    HOUR(3600),
    DAY(86_400);

    final long seconds;

    Level(long seconds) {
        this.seconds = seconds;
    }

    String table(String kind) {
        return kind + "_" + name().toLowerCase(java.util.Locale.ROOT);
    }

    /** The SQL of the bucket that holds the minute in that column. */
    String bucketOf(String column) {
        // PostgreSQL's remainder has the sign of the dividend, and there was a time before 1970.
        return this == MINUTE ? column : "(%1$s - ((%1$s %% %2$d) + %2$d) %% %2$d)".formatted(column, seconds);
    }

    long floor(long second) {
        return Math.floorDiv(second, seconds) * seconds;
    }

    long ceil(long second) {
        return -Math.floorDiv(-second, seconds) * seconds;
    }
}
