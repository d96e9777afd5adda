package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * What a plan sells: access to a feature, a price, or both.
 *
 * @param kind the type in the wire API
 * @param label its key is unique in its phase
 * @param billingCadence how often the price is charged; absent if it is charged once
 * @param pricing absent if it is free
 * @param featureKey absent for a fee without a feature
 * @param template the entitlement that it gives; absent if none
 */
public record RateCard(
        Kind kind,
        Label label,
        @Nullable CalendarDuration billingCadence,
        @Nullable Pricing pricing,
        @Nullable String featureKey,
        @Nullable EntitlementTemplate template,
        @Nullable TaxConfig taxConfig,
        Discounts discounts) {

    /** The type of a rate card in the wire API. */
    public enum Kind {
        FLAT_FEE,
        USAGE_BASED
    }

    /** @throws Refusal when the kind does not allow the price or the cadence */
    public RateCard {
        if (kind == Kind.USAGE_BASED && billingCadence == null) {
            throw Refusal.invalid("billingCadence is required for a usage_based rate card");
        }
        if (kind == Kind.FLAT_FEE && pricing != null && pricing.price().isUsageBased()) {
            throw Refusal.invalid("price.type must be flat for a flat_fee rate card");
        }
        if (billingCadence != null && !billingCadence.isCadence()) {
            throw Refusal.invalid("billingCadence must be in whole months or in whole days: " + billingCadence.text());
        }
    }

    public String key() {
        return label.key();
    }
}
