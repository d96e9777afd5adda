package dev.odometer.postgres.plan;

import dev.odometer.postgres.rollup.Granularity;

/**
 * Consecutive buckets of a level, {@code from <= bucket < to}, in seconds.
 *
 * @param whole the start of the whole bucket that this span is, or is a part of; equal to {@code from} if nothing is
 *     subtracted
 */
public record Span(Granularity level, long from, long to, Role role, long whole) {

    private static final long MONTH = 30 * Granularity.DAY.seconds;
    /** The cost of an index seek to the first row of a span, in rows. */
    private static final int SEEK = 2;

    /** How a span contributes to a sum. */
    public enum Role {
        COUNTED,
        /** Added as a whole bucket, although parts of it lie outside of the range. */
        WHOLE,
        /** A part of a whole bucket that lies outside of the range. */
        SUBTRACTED,
        /** A part of a subtracted span that lies inside of the range after all. */
        ADDED_BACK
    }

    public static Span counted(Granularity level, long from, long to) {
        return new Span(level, from, to, Role.COUNTED, from);
    }

    Span subtractedFrom(long bucket) {
        return new Span(level, from, to, role == Role.SUBTRACTED ? Role.ADDED_BACK : Role.SUBTRACTED, bucket);
    }

    /**
     * The estimated number of rows that are read for a series, including the seek. Buckets in the future have no rows.
     */
    long cost(long now) {
        long size = level == Granularity.MONTH ? MONTH : level.seconds;
        return SEEK + Math.max(0, -Math.floorDiv(from - Math.min(to, now), size));
    }
}
