package dev.odometer.metering.meter;

/** How the values of a meter's events add up. */
public enum Aggregation {
    SUM,
    COUNT,
    /** The exact sum divided by the count, to 34 significant digits, half even. */
    AVG,
    MIN,
    MAX,
    /** The number of distinct texts, exactly. */
    UNIQUE_COUNT,
    /** The value of the event with the greatest time; of several, the one that arrived last. */
    LATEST;

    /** Whether a meter of this kind reads a value from the event's data. */
    public boolean needsValue() {
        return this != COUNT;
    }

    /** Whether nothing counted is an answer (0) and not the lack of one. */
    public boolean countsNothingAsZero() {
        return this == COUNT || this == UNIQUE_COUNT;
    }
}
