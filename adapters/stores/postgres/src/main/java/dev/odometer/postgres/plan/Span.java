package dev.odometer.postgres.plan;

import dev.odometer.postgres.rollup.Granularity;

/**
 * Buckets of a level, {@code from <= bucket < to}, in seconds.
 *
 * @param whole where the whole begins that it is, or is part of; where nothing is taken, where it begins itself
 */
public record Span(Granularity level, long from, long to, Role role, long whole) {

    private static final long MONTH = 30 * Granularity.DAY.seconds;
    /** The cost of finding the first row of a span, in rows. */
    private static final int SEEK = 2;

    /** What a span does in a sum. */
    public enum Role {
        COUNTED,
        /** Counted, though parts of it do not belong. */
        WHOLE,
        /** A part of a whole that does not belong. */
        TAKEN,
        /** A part of what is taken that belongs after all. */
        GIVEN_BACK
    }

    public static Span counted(Granularity level, long from, long to) {
        return new Span(level, from, to, Role.COUNTED, from);
    }

    Span takenFrom(long bucket) {
        return new Span(level, from, to, role == Role.TAKEN ? Role.GIVEN_BACK : Role.TAKEN, bucket);
    }

    /** About how many rows of a series are read, and the cost of finding them; buckets that are yet to come have none. */
    long cost(long now) {
        long size = level == Granularity.MONTH ? MONTH : level.seconds;
        return SEEK + Math.max(0, -Math.floorDiv(from - Math.min(to, now), size));
    }
}
