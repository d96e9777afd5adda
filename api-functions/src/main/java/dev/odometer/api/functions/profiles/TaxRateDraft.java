package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.invoice.TaxRate;
import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The tax on invoices in requests.
 *
 * @param category standard, zero_rated, exempt, reverse_charge, intra_community, export or not_subject
 * @param percent a number; 0 when absent
 * @param exemptionReason required by the categories without tax except zero_rated
 */
public record TaxRateDraft(
        @Required @Nullable String category,
        @Nullable BigDecimal percent,
        @Nullable String exemptionReason) {

    /** @throws dev.odometer.functions.refusal.Refusal when the fields do not fit together */
    TaxRate toTaxRate() {
        return new TaxRate(
                Bounds.choice("tax.category", Bounds.required("tax.category", category), TaxRate.Category.BY_NAME),
                Objects.requireNonNullElse(percent, BigDecimal.ZERO),
                exemptionReason);
    }
}
