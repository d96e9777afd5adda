package dev.odometer.api.functions.pricing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.TaxConfig;
import org.jspecify.annotations.Nullable;

/** The tax treatment of a rate card, in requests; see {@link TaxConfig}. */
public record TaxConfigDraft(
        @Nullable String behavior,
        @Nullable Code stripe,
        @Nullable Code customInvoicing,
        @Nullable String taxCodeId) {

    /** A tax code of one system. */
    public record Code(@Required @Nullable String code) {}

    public static @Nullable TaxConfig toTaxConfig(@Nullable TaxConfigDraft draft) {
        return draft == null
                ? null
                : new TaxConfig(
                        draft.behavior,
                        code("taxConfig.stripe.code", draft.stripe),
                        code("taxConfig.customInvoicing.code", draft.customInvoicing),
                        draft.taxCodeId);
    }

    private static @Nullable String code(String field, @Nullable Code code) {
        return code == null ? null : Bounds.required(field, code.code);
    }
}
