package dev.odometer.api.functions.subscriptions;

import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns a subscription with its phases and items, even if it is deleted. */
public final class GetSubscription implements Function<GetSubscription.Input, SubscriptionView> {

    private final SubscriptionLookup lookup;
    private final SubscriptionViews views;
    private final Clock clock;

    GetSubscription(Subscriptions subscriptions, SubscriptionViews views, Clock clock) {
        this.lookup = new SubscriptionLookup(subscriptions);
        this.views = views;
        this.clock = clock;
    }

    /**
     * The subscription.
     *
     * @param at the time of the status, the current items and the billing period; now when absent
     */
    public record Input(String subscriptionId, @Nullable Instant at) {}

    @Override
    public SubscriptionView apply(Input input) {
        Instant at = input.at == null ? clock.instant() : Timestamp.checked("at", input.at);
        return views.expanded(lookup.any(input.subscriptionId), at);
    }
}
