package dev.odometer.api.functions.pricing;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A rate card in requests.
 *
 * @param type flat_fee or usage_based
 * @param billingCadence required; null for a flat fee that is charged once
 * @param price required; null for free
 */
@SuppressWarnings("NullableOptional") // null is absent, empty is a JSON null
public record RateCardDraft(
        @Required @Nullable String type,
        @Required @Nullable String key,
        @Required @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable String featureKey,
        @Nullable TemplateDraft entitlementTemplate,
        @Nullable TaxConfigDraft taxConfig,
        @Required @Nullable Optional<String> billingCadence,
        @Required @Nullable Optional<PriceDraft> price,
        @Nullable DiscountsDraft discounts) {

    private static final Map<String, RateCard.Kind> KINDS =
            Map.of("flat_fee", RateCard.Kind.FLAT_FEE, "usage_based", RateCard.Kind.USAGE_BASED);

    /** @throws Refusal when a field is missing or invalid */
    public RateCard toRateCard() {
        RateCard.Kind kind = Bounds.choice("type", Bounds.required("type", type), KINDS);
        Optional<String> cadence = Bounds.required("billingCadence", billingCadence);
        Optional<PriceDraft> charged = Bounds.required("price", price);
        var discounted = DiscountsDraft.toDiscounts(discounts);
        return new RateCard(
                kind,
                new Label(
                        Bounds.required("key", key),
                        Bounds.required("name", name),
                        description,
                        Objects.requireNonNullElse(metadata, Map.of())),
                cadence.map(text -> CalendarDuration.parse("billingCadence", text))
                        .orElse(null),
                charged.map(draft -> new Pricing(draft.toPrice(), draft.toCommitment(), discounted))
                        .orElse(null),
                featureKey,
                TemplateDraft.toTemplate(entitlementTemplate),
                TaxConfigDraft.toTaxConfig(taxConfig),
                discounted);
    }
}
