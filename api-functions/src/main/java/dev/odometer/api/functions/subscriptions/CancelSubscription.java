package dev.odometer.api.functions.subscriptions;

import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends an active subscription and its entitlements, now or later. */
public final class CancelSubscription implements Function<CancelSubscription.Input, SubscriptionView> {

    private final Subscriptions subscriptions;
    private final SubscriptionLookup lookup;
    private final Clock clock;

    CancelSubscription(Subscriptions subscriptions, Clock clock) {
        this.subscriptions = subscriptions;
        this.lookup = new SubscriptionLookup(subscriptions);
        this.clock = clock;
    }

    /**
     * The subscription.
     *
     * @param timing immediate, the default; next_billing_cycle; or the start of a billing period
     */
    public record Input(String subscriptionId, @Nullable String timing) {}

    @Override
    public SubscriptionView apply(Input input) {
        Instant now = clock.instant();
        Timing timing = Timing.parse(Objects.requireNonNullElse(input.timing, "immediate"));
        String id = lookup.any(input.subscriptionId).id();
        Subscription canceled = subscriptions.change(id, stored -> stored.canceled(timing, now));
        return SubscriptionView.of(canceled, now);
    }
}
