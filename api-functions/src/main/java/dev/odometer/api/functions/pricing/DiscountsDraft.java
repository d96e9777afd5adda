package dev.odometer.api.functions.pricing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Numeric;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.Discounts;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The discounts of a rate card in requests. */
public record DiscountsDraft(
        @Nullable Percentage percentage, @Nullable Usage usage) {

    /**
     * A discount in percent.
     *
     * @param percentage a number from 0 to 100
     */
    public record Percentage(@Required @Nullable BigDecimal percentage) {}

    /**
     * Free units.
     *
     * @param quantity a string of a decimal
     */
    public record Usage(@Required @Nullable String quantity) {}

    /** The discounts; none when absent. */
    public static Discounts toDiscounts(@Nullable DiscountsDraft draft) {
        if (draft == null) {
            return Discounts.NONE;
        }
        return new Discounts(
                draft.percentage == null
                        ? null
                        : Bounds.required("discounts.percentage.percentage", draft.percentage.percentage),
                draft.usage == null ? null : Numeric.required("discounts.usage.quantity", draft.usage.quantity));
    }
}
