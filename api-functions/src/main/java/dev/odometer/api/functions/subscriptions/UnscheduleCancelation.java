package dev.odometer.api.functions.subscriptions;

import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/** Removes the future end of a subscription and of its entitlements. */
public final class UnscheduleCancelation implements Function<UnscheduleCancelation.Input, SubscriptionView> {

    private final Subscriptions subscriptions;
    private final SubscriptionLookup lookup;
    private final Clock clock;

    UnscheduleCancelation(Subscriptions subscriptions, Clock clock) {
        this.subscriptions = subscriptions;
        this.lookup = new SubscriptionLookup(subscriptions);
        this.clock = clock;
    }

    /** The subscription. */
    public record Input(String subscriptionId) {}

    @Override
    public SubscriptionView apply(Input input) {
        Instant now = clock.instant();
        String id = lookup.any(input.subscriptionId).id();
        return SubscriptionView.of(subscriptions.change(id, stored -> stored.uncanceled(now)), now);
    }
}
