package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A range of quantities with its own price. A tier begins above the upper bound of the one below it.
 *
 * @param upTo the inclusive upper bound; absent for the open tier, which is the last
 * @param flat charged once when the quantity enters the tier; absent if there is none
 * @param unit the price of each unit in the tier; absent if there is none
 */
public record Tier(
        @Nullable BigDecimal upTo,
        @Nullable BigDecimal flat,
        @Nullable BigDecimal unit) {

    /** @throws Refusal when an amount is negative or too large */
    public Tier {
        upTo = upTo == null ? null : Amounts.checked("upToAmount", upTo);
        flat = flat == null ? null : Amounts.checked("flatPrice.amount", flat);
        unit = unit == null ? null : Amounts.checked("unitPrice.amount", unit);
    }
}
