package dev.odometer.api.functions.subscriptions;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Subscriptions;
import java.util.Optional;

/** Finds subscriptions for the functions; a missing subscription is a {@code Refusal}. */
final class SubscriptionLookup {

    private final Subscriptions subscriptions;

    SubscriptionLookup(Subscriptions subscriptions) {
        this.subscriptions = subscriptions;
    }

    /** A subscription, even if it is deleted. */
    Subscription any(String id) {
        // A text that cannot be stored cannot be searched either.
        return Optional.of(id)
                .filter(Text::isStorable)
                .flatMap(subscriptions::find)
                .orElseThrow(() -> Refusal.notFound("subscription not found: " + Refusal.quote(id)));
    }
}
