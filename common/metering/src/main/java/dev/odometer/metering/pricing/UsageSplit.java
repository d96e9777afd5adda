package dev.odometer.metering.pricing;

import java.math.BigDecimal;

/**
 * The usage of a service period, or of a part of it.
 *
 * @param before the usage in the earlier parts of the period
 * @param quantity the usage in this part
 * @param first whether nothing of the period was charged before
 * @param last whether the part reaches the end of the period
 */
public record UsageSplit(BigDecimal before, BigDecimal quantity, boolean first, boolean last) {

    /** The usage of a whole service period. */
    public static UsageSplit whole(BigDecimal quantity) {
        return new UsageSplit(BigDecimal.ZERO, quantity, true, true);
    }

    /** The part that is left of this one, which begins with the other, after it. */
    UsageSplit after(UsageSplit part) {
        return new UsageSplit(before.add(part.quantity), quantity.subtract(part.quantity), false, last);
    }

    /** The usage since the start of the period. */
    public BigDecimal total() {
        return before.add(quantity);
    }
}
