package dev.odometer.metering.subscription;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.pricing.BillingPeriods;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A customer's subscription to a plan or to a custom plan.
 *
 * @param id a ULID
 * @param plan absent for a custom plan
 * @param terms as they were when it was created; edits change {@code phases} only
 * @param billingAnchor a start of a billing period
 * @param zone the time zone of billing periods: that of the customer when the subscription was created
 * @param activeTo absent if it does not end
 * @param phases in the order of time; the first starts with the subscription
 * @param costBasisMode stored and returned; absent if it was not given
 * @param previous the id of the subscription that it replaced, if any
 * @param next the id of the subscription that replaced it, if any
 */
public record Subscription(
        String id,
        String customerId,
        String name,
        @Nullable String description,
        Map<String, String> metadata,
        @Nullable PlanReference plan,
        PlanTerms terms,
        Instant billingAnchor,
        ZoneId zone,
        Instant activeFrom,
        @Nullable Instant activeTo,
        List<SubscriptionPhase> phases,
        @Nullable String costBasisMode,
        @Nullable String previous,
        @Nullable String next,
        Lifecycle lifecycle)
        implements Resource {

    /** The code of the refusal of a second subscription of a customer at one time. */
    public static final String OVERLAP = "only_single_subscription_allowed_per_customer_at_a_time";

    private static final int MAX_NAME_LENGTH = 256;
    private static final int MAX_DESCRIPTION_LENGTH = 1024;
    private static final int MAX_MODE_LENGTH = 64;

    /** The state of a subscription at a time. */
    public enum Status {
        SCHEDULED(", only \"delete\""),
        ACTIVE(", only \"cancel\", \"change\" and \"edit\""),
        CANCELED(", only \"unschedule cancelation\""),
        INACTIVE("");

        private final String allowed;

        Status(String allowed) {
            this.allowed = allowed;
        }

        private String allowed() {
            return allowed;
        }

        /** The name in the wire API. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @throws Refusal when a field is invalid */
    public Subscription {
        Text.checked("name", name, MAX_NAME_LENGTH);
        if (description != null) {
            Text.bounded("description", description, MAX_DESCRIPTION_LENGTH);
        }
        if (costBasisMode != null) {
            Text.checked("costBasisMode", costBasisMode, MAX_MODE_LENGTH);
        }
        metadata = Metadata.checked(metadata);
        phases = List.copyOf(phases);
    }

    public Status status(Instant now) {
        if (now.isBefore(activeFrom)) {
            return Status.SCHEDULED;
        }
        if (activeTo == null) {
            return Status.ACTIVE;
        }
        return now.isBefore(activeTo) ? Status.CANCELED : Status.INACTIVE;
    }

    public Span span() {
        return new Span(activeFrom, activeTo);
    }

    public BillingPeriods billingPeriods() {
        return new BillingPeriods(terms.billingCadence(), billingAnchor, zone);
    }

    /** The billing period that contains the time; empty when the subscription is not active then. */
    public Optional<Window> billingPeriod(Instant at) {
        return span().contains(at) ? Optional.of(billingPeriods().containing(at)) : Optional.empty();
    }

    /** When a phase would start if the subscription did not end before. */
    Instant start(SubscriptionPhase phase) {
        return phase.startAfter().from(activeFrom);
    }

    /** When a phase is active; empty if the subscription ends before. */
    public Span span(SubscriptionPhase phase) {
        int i = phases.indexOf(phase);
        Instant next = i + 1 < phases.size() ? start(phases.get(i + 1)) : null;
        return new Span(start(phase), Span.earlier(next, activeTo));
    }

    /** The phase at a time, which is absent when the subscription is not active then. */
    Optional<SubscriptionPhase> phaseAt(Instant at) {
        return phases.stream().filter(phase -> span(phase).contains(at)).findFirst();
    }

    /** The entitlements that its items give, each with the time in which it is active; that may be empty. */
    public List<Entitlement> entitlements() {
        return phases.stream()
                .flatMap(phase -> phase.items().stream()
                        .flatMap(item -> ItemEntitlement.of(this, item, item.within(span(phase))).stream()))
                .toList();
    }

    private boolean hasPrices() {
        return phases.stream()
                .flatMap(phase -> phase.items().stream())
                .anyMatch(item -> item.card().pricing() != null);
    }

    /**
     * The currency that a customer without one gets.
     *
     * @throws Refusal when the customer has another currency
     */
    public Optional<String> currencyFor(Customer customer) {
        String code = terms.currency().getCurrencyCode();
        if (customer.currency() == null) {
            return hasPrices() ? Optional.of(code) : Optional.empty();
        }
        if (!customer.currency().equals(code)) {
            throw Refusal.invalid(
                    "the subscription must have the currency of the customer, " + customer.currency() + ": " + code);
        }
        return Optional.empty();
    }

    /**
     * The same after a change of {@code stored}, which matters for its first price only: the currency of the customer
     * may have changed since, and must not prevent a cancelation.
     */
    public Optional<String> currencyFor(Customer customer, @Nullable Subscription stored) {
        boolean isUnaffected = stored != null && (stored.hasPrices() || !hasPrices());
        return isUnaffected ? Optional.empty() : currencyFor(customer);
    }

    /** Whether both belong to one customer and are active at one time. */
    public boolean overlaps(Subscription other) {
        return !id.equals(other.id)
                && customerId.equals(other.customerId)
                && !isDeleted()
                && !other.isDeleted()
                && span().overlaps(other.span());
    }

    /** The refusal of a subscription that overlaps with another one of the customer. */
    public Refusal overlapping(String other) {
        String detail =
                "customer has another subscription at the same time; change, cancel or delete it first: " + other;
        return Refusal.conflict(detail, List.of(new Refusal.Violation("$", OVERLAP, detail)));
    }

    /**
     * Ends it.
     *
     * @throws Refusal FORBIDDEN when it is not active; INVALID when the requested time is in the past or is not the
     *     start of a billing period
     */
    public Subscription canceled(Timing timing, Instant now) {
        require(Status.ACTIVE, "cancel", now);
        return with(end(timing, now), phases, next, lifecycle.changed(now));
    }

    private Instant end(Timing timing, Instant now) {
        Instant at = timing.resolve(billingPeriods(), now);
        if (timing instanceof Timing.At && (!billingPeriods().isBoundary(at) || at.isBefore(activeFrom))) {
            throw Refusal.invalid("timing must be the start of a billing period of the subscription, such as "
                    + billingPeriods().containing(now).end() + ": " + at);
        }
        return at;
    }

    /** @throws Refusal FORBIDDEN when its end is not ahead */
    public Subscription uncanceled(Instant now) {
        require(Status.CANCELED, "unschedule cancelation", now);
        // A successor of a subscription without an end would overlap with it, so it has been deleted.
        return with(null, phases, null, lifecycle.changed(now));
    }

    /** @throws Refusal FORBIDDEN when it has started */
    public Subscription deleted(Instant now) {
        require(Status.SCHEDULED, "delete", now);
        return with(activeTo, phases, next, lifecycle.deleted(now));
    }

    /**
     * Ends it for its successor, which starts when it ends.
     *
     * @throws Refusal as {@link #canceled}
     */
    public Subscription replacedBy(String successor, Timing timing, Instant now) {
        require(Status.ACTIVE, "change", now);
        return with(end(timing, now), phases, successor, lifecycle.changed(now));
    }

    /**
     * Applies customizations in order, all or none.
     *
     * @throws Refusal FORBIDDEN when it is not active or one would change the past; CONFLICT when one does not fit;
     *     INVALID when one is not valid, or a phase would have no items, or there would be too many
     */
    public Subscription edited(List<Customization> customizations, Timing timing, Instant now) {
        require(Status.ACTIVE, "edit", now);
        if (timing instanceof Timing.At requested) {
            throw Refusal.invalid("timing of an edit must be immediate or next_billing_cycle: " + requested.time());
        }
        Subscription edited = Customization.applyAll(customizations, this, timing.resolve(billingPeriods(), now));
        return edited.with(activeTo, edited.phases, next, lifecycle.changed(now));
    }

    private void require(Status allowed, String action, Instant now) {
        if (status(now) != allowed) {
            throw Refusal.forbidden("transition \"" + action + "\" is not allowed in status "
                    + status(now).wireName() + status(now).allowed() + ": " + id);
        }
    }

    /**
     * With other phases.
     *
     * @throws Refusal when one does not start after the one before. Months have different lengths, so a phase of a
     *     month less 30 days has a length or not, depending on when it starts.
     */
    Subscription with(List<SubscriptionPhase> others) {
        for (int i = 1; i < others.size(); i++) {
            if (!start(others.get(i)).isAfter(start(others.get(i - 1)))) {
                throw Refusal.conflict("phase must not end before it starts: "
                        + others.get(i - 1).key());
            }
        }
        return with(activeTo, others, next, lifecycle);
    }

    private Subscription with(
            @Nullable Instant end, List<SubscriptionPhase> parts, @Nullable String successor, Lifecycle times) {
        return new Subscription(
                id,
                customerId,
                name,
                description,
                metadata,
                plan,
                terms,
                billingAnchor,
                zone,
                activeFrom,
                end,
                parts,
                costBasisMode,
                previous,
                successor,
                times);
    }
}
