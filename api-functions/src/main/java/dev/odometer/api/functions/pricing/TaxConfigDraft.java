package dev.odometer.api.functions.pricing;

import dev.odometer.metering.pricing.TaxConfig;
import org.jspecify.annotations.Nullable;

/** The tax treatment of a rate card, in requests; see {@link TaxConfig}. */
public record TaxConfigDraft(
        @Nullable String behavior,
        @Nullable Code stripe,
        @Nullable Code customInvoicing,
        @Nullable String taxCodeId) {

    /** A tax code of one system. */
    public record Code(@Nullable String code) {}

    public static @Nullable TaxConfig toTaxConfig(@Nullable TaxConfigDraft draft) {
        return draft == null
                ? null
                : new TaxConfig(
                        draft.behavior,
                        draft.stripe == null ? null : draft.stripe.code,
                        draft.customInvoicing == null ? null : draft.customInvoicing.code,
                        draft.taxCodeId);
    }
}
