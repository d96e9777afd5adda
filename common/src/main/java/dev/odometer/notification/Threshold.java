package dev.odometer.notification;

import java.math.BigDecimal;

/** A line that usage or a balance crosses; the strictness is that of the wire API. */
public record Threshold(Kind kind, BigDecimal value) {

    /** What is compared; G is what the period's grants hold in all. */
    public enum Kind {
        /** Crossed when the usage is above the value. */
        USAGE_VALUE,
        /** Crossed when the usage is above that percentage of G; never when G is 0. */
        USAGE_PERCENTAGE,
        /** Crossed when the balance is below the value, or 0 for the value 0; never when G is 0. */
        BALANCE_VALUE
    }
}
