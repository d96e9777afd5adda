package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The minimum and maximum spend of a service period. Both apply to the amount after discounts.
 *
 * @param minimum the difference is charged when a period ends below it; absent if there is none
 * @param maximum the excess is discounted; absent if there is none
 */
public record Commitment(
        @Nullable BigDecimal minimum, @Nullable BigDecimal maximum) {

    public static final Commitment NONE = new Commitment(null, null);

    /** @throws Refusal when an amount is negative or too large */
    public Commitment {
        minimum = Amounts.checkedNullable("price.minimumAmount", minimum);
        maximum = Amounts.checkedNullable("price.maximumAmount", maximum);
    }

    boolean isInverted() {
        return minimum != null && maximum != null && minimum.compareTo(maximum) > 0;
    }
}
