package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Text;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The tax treatment of a rate card. It is stored and returned; no tax is computed from it.
 *
 * @param behavior inclusive or exclusive
 * @param stripeCode a product tax code of Stripe, {@code txcd_} and eight digits
 * @param customInvoicingCode a code of another invoicing system
 * @param taxCodeId the id of a tax code
 */
public record TaxConfig(
        @Nullable String behavior,
        @Nullable String stripeCode,
        @Nullable String customInvoicingCode,
        @Nullable String taxCodeId) {

    private static final Pattern STRIPE_CODE = Pattern.compile("txcd_\\d{8}");
    private static final int MAX_CODE_LENGTH = 256;

    /** @throws Refusal when a field is invalid */
    public TaxConfig {
        if (behavior != null && !behavior.equals("inclusive") && !behavior.equals("exclusive")) {
            throw Refusal.invalid("taxConfig.behavior must be one of exclusive, inclusive: " + Refusal.quote(behavior));
        }
        if (stripeCode != null && !STRIPE_CODE.matcher(stripeCode).matches()) {
            throw Refusal.invalid("taxConfig.stripe.code must be txcd_ and eight digits: " + Refusal.quote(stripeCode));
        }
        if (customInvoicingCode != null) {
            Text.checked("taxConfig.customInvoicing.code", customInvoicingCode, MAX_CODE_LENGTH);
        }
        if (taxCodeId != null) {
            Text.checked("taxConfig.taxCodeId", taxCodeId, MAX_CODE_LENGTH);
        }
    }
}
