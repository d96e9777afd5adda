package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.plans.Alignment;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.subscription.Succession;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends an active subscription and starts one to another plan or custom plan at the same time. */
public final class ChangeSubscription implements Function<ChangeSubscription.Input, SuccessionView> {

    private final Subscriptions subscriptions;
    private final NewSubscription.Validation validation;
    private final SubscriptionViews views;
    private final Clock clock;

    ChangeSubscription(
            Subscriptions subscriptions, NewSubscription.Validation validation, SubscriptionViews views, Clock clock) {
        this.subscriptions = subscriptions;
        this.validation = validation;
        this.views = views;
        this.clock = clock;
    }

    /**
     * The subscription to end, and the plan or custom plan of the one to start; see {@link CreateSubscription.Input}.
     *
     * @param timing immediate, next_billing_cycle, or the start of a billing period
     * @param billingAnchor that of the subscription to end when absent
     */
    public record Input(
            String subscriptionId,
            SubscriptionDraft.@Nullable PlanKey plan,
            @Nullable CustomPlanDraft customPlan,
            @Required @Nullable String timing,
            @Nullable String startingPhase,
            @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> metadata,
            @Nullable Instant billingAnchor,
            @Nullable Alignment alignment,
            @Nullable String settlementMode,
            @Nullable String costBasisMode) {

        SubscriptionDraft draft() {
            return new SubscriptionDraft(
                    plan,
                    customPlan,
                    startingPhase,
                    name,
                    description,
                    metadata,
                    billingAnchor,
                    settlementMode,
                    costBasisMode);
        }
    }

    @Override
    public SuccessionView apply(Input input) {
        Timing timing = Timing.parse(Bounds.required("timing", input.timing));
        String id =
                new SubscriptionLookup(subscriptions).any(input.subscriptionId).id();
        return changed(id, input.draft(), timing);
    }

    SuccessionView changed(String id, SubscriptionDraft draft, Timing timing) {
        Instant now = clock.instant();
        NewSubscription requested = validation.validated(draft, now);
        Succession succession = subscriptions.succeed(id, stored -> {
            Subscription current = stored.replacedBy(requested.id(), timing, now);
            return new Succession(current, requested.after(stored, Objects.requireNonNull(current.activeTo())));
        });
        return new SuccessionView(
                SubscriptionView.of(succession.current(), now), views.expanded(succession.next(), now));
    }
}
