package dev.odometer.api.functions.subscriptions;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.Plan;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.subscription.PlanReference;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.subscription.Timing;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Ends an active subscription and starts one to a later version of its plan at the same time. */
public final class MigrateSubscription implements Function<MigrateSubscription.Input, SuccessionView> {

    private final Subscriptions subscriptions;
    private final Plans plans;
    private final ChangeSubscription change;
    private final Clock clock;

    MigrateSubscription(Subscriptions subscriptions, Plans plans, ChangeSubscription change, Clock clock) {
        this.subscriptions = subscriptions;
        this.plans = plans;
        this.change = change;
        this.clock = clock;
    }

    /**
     * The subscription.
     *
     * @param timing immediate, the default; next_billing_cycle; or the start of a billing period
     * @param targetVersion the active one when absent
     * @param startingPhase the key of the phase to start with; the first when absent
     * @param billingAnchor that of the subscription to end when absent
     */
    public record Input(
            String subscriptionId,
            @Nullable String timing,
            @Nullable Integer targetVersion,
            @Nullable String startingPhase,
            @Nullable Instant billingAnchor) {}

    @Override
    public SuccessionView apply(Input input) {
        Timing timing = Timing.parse(Objects.requireNonNullElse(input.timing, "immediate"));
        Subscription current = new SubscriptionLookup(subscriptions).any(input.subscriptionId);
        PlanReference plan = current.plan();
        if (plan == null) {
            throw Refusal.invalid("a subscription without a plan cannot be migrated: " + current.id());
        }
        int target = input.targetVersion == null ? activeVersion(plan) : input.targetVersion;
        if (target <= plan.version()) {
            throw Refusal.invalid(
                    input.targetVersion == null
                            ? "plan has no active version above the current version " + plan.version() + ": "
                                    + plan.key()
                            : "targetVersion must be above the current version " + plan.version() + ": " + target);
        }
        var draft = new SubscriptionDraft(
                new SubscriptionDraft.PlanKey(plan.key(), target),
                null,
                input.startingPhase,
                current.name(),
                current.description(),
                current.metadata(),
                input.billingAnchor,
                null,
                current.costBasisMode());
        return change.changed(current.id(), draft, timing);
    }

    private int activeVersion(PlanReference plan) {
        return plans.findByKey(plan.key(), new Plans.Choice.Active(clock.instant()))
                .map(Plan::version)
                .orElseThrow(() -> Refusal.invalid("plan has no active version: " + plan.key()));
    }
}
