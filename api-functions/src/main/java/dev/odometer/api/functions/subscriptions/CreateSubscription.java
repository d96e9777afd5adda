package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.plans.Alignment;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.pricing.BillingPeriods;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.subscription.Timing;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Subscribes a customer to the active version of a plan or to a custom plan, and gives it the entitlements of the
 * terms. It is a conflict if the customer has another subscription at the same time.
 */
public final class CreateSubscription implements Function<CreateSubscription.Input, SubscriptionView> {

    private final Subscriptions subscriptions;
    private final CustomerLookup customers;
    private final NewSubscription.Validation validation;
    private final Clock clock;

    CreateSubscription(
            Subscriptions subscriptions, CustomerLookup customers, NewSubscription.Validation validation, Clock clock) {
        this.subscriptions = subscriptions;
        this.customers = customers;
        this.validation = validation;
        this.clock = clock;
    }

    /**
     * The customer, by id or key, the plan or custom plan, and the start.
     *
     * @param timing immediate, the default; next_billing_cycle, which needs an anchor; or a time that is not in the
     *     past by more than two minutes
     * @param startingPhase the key of the phase to start with; the first when absent
     * @param billingAnchor a start of a billing period; the start of the subscription when absent
     * @param settlementMode credit_then_invoice or credit_only; that of the plan when absent
     * @param costBasisMode stored and returned
     */
    public record Input(
            SubscriptionDraft.@Nullable PlanKey plan,
            @Nullable CustomPlanDraft customPlan,
            @Nullable String customerId,
            @Nullable String customerKey,
            @Nullable String timing,
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
    public SubscriptionView apply(Input input) {
        Instant now = clock.instant();
        Timing timing = Timing.parse(Objects.requireNonNullElse(input.timing, "immediate"));
        Customer customer = customer(input);
        NewSubscription requested = validation.validated(input.draft(), now);
        Subscription subscription = requested.of(customer, start(timing, requested, customer.zone(), now));
        subscription.currencyFor(customer);
        subscriptions.add(subscription);
        return SubscriptionView.of(subscription, clock.instant());
    }

    private Customer customer(Input input) {
        if (input.customerId == null) {
            if (input.customerKey == null) {
                throw Refusal.invalid("customerId or customerKey is required");
            }
            return customers.live(input.customerKey);
        }
        Customer customer = customers.liveWithId(input.customerId);
        if (input.customerKey != null && !input.customerKey.equals(customer.key())) {
            throw Refusal.invalid("customerId and customerKey identify different customers: "
                    + Refusal.quote(input.customerId) + ", " + Refusal.quote(input.customerKey));
        }
        return customer;
    }

    private static Instant start(Timing timing, NewSubscription requested, ZoneId zone, Instant now) {
        Instant anchor = requested.anchor();
        if (timing instanceof Timing.NextBillingCycle && anchor == null) {
            throw Refusal.invalid("timing next_billing_cycle of a new subscription requires billingAnchor");
        }
        var periods = new BillingPeriods(
                requested.chosen().terms().billingCadence(), Objects.requireNonNullElse(anchor, now), zone);
        return timing.resolve(periods, now);
    }
}
