package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Discounts of a rate card.
 *
 * @param percentage taken off each charge; 50 for one half; absent if there is none
 * @param usage the number of units that are free in a service period, from its start; absent if there are none
 */
public record Discounts(
        @Nullable BigDecimal percentage, @Nullable BigDecimal usage) {

    public static final Discounts NONE = new Discounts(null, null);

    /** @throws Refusal when a value is negative or too large */
    public Discounts {
        percentage = Amounts.checkedNullable("discounts.percentage", percentage);
        usage = Amounts.checkedNullable("discounts.usage.quantity", usage);
    }

    /** The quantity since the start of the period that is charged. */
    BigDecimal billable(BigDecimal metered) {
        if (usage == null || metered.signum() <= 0) {
            return metered;
        }
        return metered.subtract(usage).max(BigDecimal.ZERO);
    }

    UsageSplit billable(UsageSplit metered) {
        BigDecimal before = billable(metered.before());
        return new UsageSplit(before, billable(metered.total()).subtract(before), metered.first(), metered.last());
    }
}
