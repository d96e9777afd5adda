package dev.odometer.api.functions.subscriptions;

import dev.odometer.api.functions.pricing.TermsCheck;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.pricing.Plans;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Timestamp;
import dev.odometer.metering.subscription.SubscribedPhases;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionPhase;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A validated request for a new subscription, before its customer and start are resolved. */
record NewSubscription(
        String id, SubscriptionDraft draft, PlanChoice.Chosen chosen, List<SubscriptionPhase> phases, Instant now) {

    /** Validates requests for new subscriptions. */
    record Validation(Plans plans, TermsCheck check, Supplier<String> ids) {

        /** @throws dev.odometer.functions.refusal.Refusal when a field is missing or invalid, or a rule is broken */
        NewSubscription validated(SubscriptionDraft draft, Instant now) {
            PlanChoice.Chosen chosen = new PlanChoice(plans, check).of(draft, now);
            List<SubscriptionPhase> phases =
                    new SubscribedPhases(chosen.features(), ids).of(chosen.terms(), draft.startingPhase());
            return new NewSubscription(ids.get(), draft, chosen, phases, now);
        }
    }

    /** The anchor in the request, if any. */
    @Nullable
    Instant anchor() {
        return draft.billingAnchor() == null ? null : Timestamp.checked("billingAnchor", draft.billingAnchor());
    }

    Subscription of(Customer customer, Instant activeFrom) {
        var calendar = new Calendar(Objects.requireNonNullElse(anchor(), activeFrom), customer.zone());
        return of(customer.id(), activeFrom, calendar, null);
    }

    /** The subscription that replaces another one, with its anchor if the request has none, and its time zone. */
    Subscription after(Subscription previous, Instant activeFrom) {
        Instant anchor = Objects.requireNonNullElse(anchor(), previous.billingAnchor());
        return of(previous.customerId(), activeFrom, new Calendar(anchor, previous.zone()), previous.id());
    }

    /** Where the billing periods begin. */
    private record Calendar(Instant anchor, ZoneId zone) {}

    private Subscription of(String customerId, Instant activeFrom, Calendar calendar, @Nullable String previous) {
        Map<String, String> metadata = Objects.requireNonNullElse(draft.metadata(), chosen.metadata());
        return new Subscription(
                id,
                customerId,
                Objects.requireNonNullElse(draft.name(), chosen.name()),
                draft.description() == null ? chosen.description() : draft.description(),
                metadata,
                chosen.plan(),
                chosen.terms(),
                calendar.anchor,
                calendar.zone,
                activeFrom,
                null,
                phases,
                draft.costBasisMode(),
                previous,
                null,
                Lifecycle.created(now));
    }
}
