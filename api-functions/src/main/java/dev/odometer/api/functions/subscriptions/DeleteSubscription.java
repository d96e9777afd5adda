package dev.odometer.api.functions.subscriptions;

import dev.odometer.metering.subscription.Subscriptions;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;

/** Deletes a subscription that has not started, and its entitlements. */
public final class DeleteSubscription implements Consumer<DeleteSubscription.Input> {

    private final Subscriptions subscriptions;
    private final SubscriptionLookup lookup;
    private final Clock clock;

    DeleteSubscription(Subscriptions subscriptions, Clock clock) {
        this.subscriptions = subscriptions;
        this.lookup = new SubscriptionLookup(subscriptions);
        this.clock = clock;
    }

    /** The subscription. */
    public record Input(String subscriptionId) {}

    @Override
    public void accept(Input input) {
        Instant now = clock.instant();
        String id = lookup.any(input.subscriptionId).id();
        subscriptions.change(id, stored -> stored.deleted(now));
    }
}
