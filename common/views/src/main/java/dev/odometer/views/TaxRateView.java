package dev.odometer.views;

import dev.odometer.metering.invoice.TaxRate;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The tax on an invoice in API responses.
 *
 * @param percent a number; 20 means 20 %
 */
public record TaxRateView(
        String category, BigDecimal percent, @Nullable String exemptionReason) {

    public static TaxRateView of(TaxRate rate) {
        return new TaxRateView(rate.category().wireName(), rate.percent(), rate.exemptionReason());
    }
}
