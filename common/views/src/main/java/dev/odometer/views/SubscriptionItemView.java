package dev.odometer.views;

import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Label;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.subscription.Span;
import dev.odometer.metering.subscription.SubscriptionItem;
import dev.odometer.views.RateCardView.DiscountsView;
import dev.odometer.views.RateCardView.Tax;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A version of an item of a subscription in API responses. The billing cadence is null for a fee that is charged once, the
 * price for free.
 *
 * @param included absent without a feature
 */
public record SubscriptionItemView(
        String id,
        String key,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable String featureKey,
        Optional<String> billingCadence,
        Optional<PriceView> price,
        @Nullable DiscountsView discounts,
        @Nullable Tax taxConfig,
        @Nullable Included included,
        Instant activeFrom,
        @Nullable Instant activeTo) {

    /** The feature of an item, and the entitlement that it gives, if any. */
    public record Included(FeatureView feature, @Nullable EntitlementView entitlement) {}

    /** @param active when the item is active */
    public static SubscriptionItemView of(SubscriptionItem item, Span active, @Nullable Included included) {
        RateCard card = item.card();
        Label label = card.label();
        return new SubscriptionItemView(
                item.id(),
                item.key(),
                label.name(),
                label.description(),
                label.metadata().isEmpty() ? null : label.metadata(),
                card.featureKey(),
                Optional.ofNullable(card.billingCadence()).map(CalendarDuration::text),
                Optional.ofNullable(card.pricing()).map(PriceView::of),
                DiscountsView.of(card.discounts()),
                Tax.of(card.taxConfig()),
                included,
                active.from(),
                active.to());
    }
}
