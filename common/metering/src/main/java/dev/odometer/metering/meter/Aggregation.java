package dev.odometer.metering.meter;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

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

    /**
     * Whether the value of a part can be subtracted from the value of the whole: the sum and the count that the value is
     * made of have an inverse, a minimum, a maximum, a latest value and a number of distinct texts have none.
     */
    public boolean isSubtractable() {
        return this == SUM || this == COUNT || this == AVG;
    }

    /**
     * The value of readings that are added up already, in normal form; zero where there are none.
     *
     * @param count the number of readings
     * @param amount their sum, least, greatest or latest number, absent where only the count matters
     * @param distinct the number of distinct texts
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
