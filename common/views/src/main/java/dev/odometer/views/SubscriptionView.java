package dev.odometer.views;

import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.subscription.PlanReference;
import dev.odometer.metering.subscription.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A subscription in API responses; see {@link Subscription}.
 *
 * @param annotations the ids of the subscriptions that it replaced and that replaced it
 * @param costBasisPins always empty
 * @param alignment only in the expanded form, while the subscription is active
 * @param phases only in the expanded form
 */
public record SubscriptionView(
        String id,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt,
        Instant activeFrom,
        @Nullable Instant activeTo,
        String status,
        String customerId,
        @Nullable PlanReference plan,
        String currency,
        String billingCadence,
        ProRating proRatingConfig,
        Instant billingAnchor,
        String settlementMode,
        @Nullable String costBasisMode,
        List<String> costBasisPins,
        @Nullable Map<String, String> annotations,
        @Nullable Alignment alignment,
        @Nullable List<SubscriptionPhaseView> phases) {

    /** Whether flat fees are prorated; the mode is prorate_prices. */
    public record ProRating(boolean enabled, String mode) {

        static ProRating of(PlanTerms terms) {
            return new ProRating(terms.proratesPrices(), "prorate_prices");
        }
    }

    /** The billing period that contains the time of the response. */
    public record Alignment(PeriodView currentAlignedBillingPeriod) {}

    /** @param at the time of the status */
    public static SubscriptionView of(Subscription subscription, Instant at) {
        return of(subscription, at, null, null);
    }

    /** The expanded form at a time. */
    public static SubscriptionView expanded(Subscription subscription, Instant at, List<SubscriptionPhaseView> phases) {
        Optional<Alignment> alignment =
                subscription.billingPeriod(at).map(period -> new Alignment(PeriodView.of(period)));
        return of(subscription, at, alignment.orElse(null), phases);
    }

    private static SubscriptionView of(
            Subscription subscription,
            Instant at,
            @Nullable Alignment alignment,
            @Nullable List<SubscriptionPhaseView> phases) {
        PlanTerms terms = subscription.terms();
        return new SubscriptionView(
                subscription.id(),
                subscription.name(),
                subscription.description(),
                subscription.metadata().isEmpty() ? null : subscription.metadata(),
                subscription.createdAt(),
                subscription.updatedAt(),
                subscription.deletedAt(),
                subscription.activeFrom(),
                subscription.activeTo(),
                subscription.status(at).wireName(),
                subscription.customerId(),
                subscription.plan(),
                terms.currency().getCurrencyCode(),
                terms.billingCadence().text(),
                ProRating.of(terms),
                subscription.billingAnchor(),
                terms.settlementMode(),
                subscription.costBasisMode(),
                List.of(),
                annotations(subscription),
                alignment,
                phases);
    }

    private static @Nullable Map<String, String> annotations(Subscription subscription) {
        var annotations = new TreeMap<String, String>();
        if (subscription.previous() != null) {
            annotations.put("subscription.previous.id", subscription.previous());
        }
        if (subscription.next() != null) {
            annotations.put("subscription.superseding.id", subscription.next());
        }
        return annotations.isEmpty() ? null : annotations;
    }
}
