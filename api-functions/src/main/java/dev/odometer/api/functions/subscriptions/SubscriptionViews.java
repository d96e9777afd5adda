package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.entitlements.EntitlementViews;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.subscription.Span;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionItem;
import dev.odometer.metering.subscription.SubscriptionPhase;
import dev.odometer.views.EntitlementView;
import dev.odometer.views.FeatureView;
import dev.odometer.views.SubscriptionItemView;
import dev.odometer.views.SubscriptionItemView.Included;
import dev.odometer.views.SubscriptionPhaseView;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Shows subscriptions with their phases and items, and the features and entitlements of those. */
final class SubscriptionViews {

    private final Features features;
    private final Customers customers;
    private final Entitlements entitlements;
    private final EntitlementViews entitlementViews;

    SubscriptionViews(Features features, Customers customers, Entitlements entitlements, Clock clock) {
        this.features = features;
        this.customers = customers;
        this.entitlements = entitlements;
        this.entitlementViews = new EntitlementViews(entitlements, clock);
    }

    /** The expanded form at a time. */
    SubscriptionView expanded(Subscription subscription, Instant at) {
        List<SubscriptionItem> items = subscription.phases().stream()
                .flatMap(phase -> phase.items().stream())
                .toList();
        List<String> featureIds = items.stream()
                .flatMap(item -> Stream.ofNullable(item.featureId()))
                .distinct()
                .toList();
        var contents = new Contents(
                featureIds.isEmpty()
                        ? Map.of()
                        : features.findByIds(featureIds).stream()
                                .collect(Collectors.toMap(Feature::id, FeatureView::of)),
                entitlements(subscription));
        return SubscriptionView.expanded(
                subscription,
                at,
                subscription.phases().stream()
                        .map(phase -> contents.phase(subscription, phase, at))
                        .toList());
    }

    private Map<String, EntitlementView> entitlements(Subscription subscription) {
        List<Entitlement> all = entitlements.ofSubscription(subscription.id());
        return all.isEmpty()
                ? Map.of()
                : entitlementViews.of(all, customers).stream()
                        .collect(Collectors.toMap(EntitlementView::id, view -> view));
    }

    private record Contents(Map<String, FeatureView> features, Map<String, EntitlementView> entitlements) {

        SubscriptionPhaseView phase(Subscription subscription, SubscriptionPhase phase, Instant at) {
            Span active = subscription.span(phase);
            var current = new LinkedHashMap<String, SubscriptionItemView>();
            var timelines = new LinkedHashMap<String, List<SubscriptionItemView>>();
            for (SubscriptionItem item : phase.items()) {
                Span span = item.within(active);
                SubscriptionItemView view = SubscriptionItemView.of(item, span, included(item));
                timelines.merge(
                        item.key(),
                        List.of(view),
                        (before, more) ->
                                Stream.concat(before.stream(), more.stream()).toList());
                if (isShown(span, active, at)) {
                    current.put(item.key(), view);
                }
            }
            return new SubscriptionPhaseView(
                    phase.id(),
                    phase.key(),
                    phase.label().name(),
                    phase.label().description(),
                    phase.label().metadata().isEmpty() ? null : phase.label().metadata(),
                    active.from(),
                    active.to(),
                    List.copyOf(current.values()),
                    timelines);
        }

        private @Nullable Included included(SubscriptionItem item) {
            return Optional.ofNullable(item.featureId())
                    .map(features::get)
                    .map(feature -> new Included(feature, entitlements.get(item.id())))
                    .orElse(null);
        }

        /** At the time, or at the start of a later phase, or at the end of an earlier one. */
        private static boolean isShown(Span item, Span phase, Instant at) {
            if (at.isBefore(phase.from())) {
                return item.from().equals(phase.from());
            }
            return phase.contains(at) ? item.contains(at) : Objects.equals(item.to(), phase.to());
        }
    }
}
