package dev.odometer.metering.meter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** How the values of a meter's events are aggregated. */
public enum Aggregation {
    SUM,
    COUNT,
    /** The exact sum divided by the count, to 34 significant digits, rounded half even. */
    AVG,
    MIN,
    MAX,
    /** The exact number of distinct strings. */
    UNIQUE_COUNT,
    /** The value of the event with the latest time; of several, the one that arrived last. */
    LATEST;

    /** Whether a meter with this aggregation reads a value from the event's data. */
    public boolean needsValue() {
        return this != COUNT;
    }

    /** Whether the result without any counted event is 0 instead of no row. */
    public boolean countsNothingAsZero() {
        return this == COUNT || this == UNIQUE_COUNT;
    }

    /**
     * Whether the value of a part can be subtracted from the value of the whole. Sums and counts can be subtracted;
     * minimum, maximum, latest value and distinct count cannot.
     */
    public boolean isSubtractable() {
        return this == SUM || this == COUNT || this == AVG;
    }

    /**
     * The value of an aggregate, in normal form; zero without readings.
     *
     * @param count the number of readings
     * @param amount their sum, minimum, maximum or latest number; absent where only the count matters
     * @param distinct the number of distinct strings
     */
    public BigDecimal value(long count, @Nullable BigDecimal amount, long distinct) {
        return switch (this) {
            case COUNT -> BigDecimal.valueOf(count);
            case UNIQUE_COUNT -> BigDecimal.valueOf(distinct);
            case AVG -> amount == null || count == 0 ? BigDecimal.ZERO : Quantity.average(amount, count);
            case SUM, MIN, MAX, LATEST -> amount == null || count == 0 ? BigDecimal.ZERO : Quantity.normal(amount);
        };
    }
}
