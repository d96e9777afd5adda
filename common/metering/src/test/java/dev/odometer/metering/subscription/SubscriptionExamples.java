package dev.odometer.metering.subscription;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.EntitlementTemplate;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.resource.Lifecycle;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sample subscriptions of the customer acme. */
public final class SubscriptionExamples {

    public static final Instant NOW = Instant.parse("2026-01-31T10:00:00.123Z");
    public static final Customer ACME = Examples.customer("acme", "s1");
    public static final Feature TOKENS = Examples.feature("tokens", Examples.meter(Aggregation.SUM), Map.of());
    public static final Feature SSO = Examples.feature("sso");

    private SubscriptionExamples() {}

    /** A trial of a month with 10 tokens a day, then 100 tokens a month and single sign-on for a fee. */
    public static PlanTerms trialThenPaid() {
        return PlanExamples.monthly(
                PlanExamples.phase("trial", "P1M", tokens("10", "P1D")),
                PlanExamples.phase("paid", null, tokens("100", null), sso(), fee()));
    }

    public static RateCard tokens(String allowance, @Nullable String period) {
        var template = new EntitlementTemplate.Metered(
                false,
                new BigDecimal(allowance),
                null,
                false,
                period == null ? null : CalendarDuration.parse("period", period),
                Map.of("a", "b"));
        return card("tokens", "P1M", null, "tokens", template);
    }

    public static RateCard sso() {
        return card("sso", "P1M", null, "sso", new EntitlementTemplate.BooleanAccess(Map.of()));
    }

    /** A monthly fee without a feature. */
    public static RateCard fee() {
        return card("fee", "P1M", Pricing.of(PlanExamples.flat("49.99")), null, null);
    }

    /** A fee that is charged once. */
    public static RateCard setup() {
        return card("setup", null, Pricing.of(PlanExamples.flat("1000")), null, null);
    }

    private static RateCard card(
            String key,
            @Nullable String cadence,
            @Nullable Pricing pricing,
            @Nullable String feature,
            @Nullable EntitlementTemplate template) {
        return new RateCard(
                RateCard.Kind.FLAT_FEE,
                PlanExamples.label(key),
                cadence == null ? null : CalendarDuration.parse("cadence", cadence),
                pricing,
                feature,
                template,
                null,
                Discounts.NONE);
    }

    /** Ids that begin with a text and are numbered from 0. */
    public static Supplier<String> ids(String prefix) {
        int[] count = {0};
        return () -> prefix + "-" + count[0]++;
    }

    public static SubscribedPhases phases(String id) {
        return new SubscribedPhases(Map.of("tokens", TOKENS, "sso", SSO), ids(id));
    }

    public static Subscription subscription(String id, Instant activeFrom) {
        return subscription(id, trialThenPaid(), activeFrom);
    }

    /** With the start as the billing anchor. */
    public static Subscription subscription(String id, PlanTerms terms, Instant activeFrom) {
        return new Subscription(
                id,
                ACME.id(),
                "Subscription " + id,
                "Described",
                Map.of("a", "b"),
                null,
                terms,
                activeFrom,
                ZoneOffset.UTC,
                activeFrom,
                null,
                phases(id).of(terms, null),
                "fixed",
                null,
                null,
                Lifecycle.created(NOW));
    }

    /** The same for another customer. */
    public static Subscription of(Customer customer, Subscription one) {
        return of(customer.id(), one.zone(), one);
    }

    /** The same in another time zone. */
    static Subscription in(ZoneId zone, Subscription one) {
        return of(one.customerId(), zone, one);
    }

    private static Subscription of(String customerId, ZoneId zone, Subscription one) {
        return new Subscription(
                one.id(),
                customerId,
                one.name(),
                one.description(),
                one.metadata(),
                one.plan(),
                one.terms(),
                one.billingAnchor(),
                zone,
                one.activeFrom(),
                one.activeTo(),
                one.phases(),
                one.costBasisMode(),
                one.previous(),
                one.next(),
                one.lifecycle());
    }

    public static Instant at(String time) {
        return Instant.parse(time);
    }

    static Customization add(String phase, String id, RateCard card) {
        return new Customization.AddItem(phase, phases(id).item(card));
    }

    static Subscription edited(Subscription subscription, Instant now, Customization... customizations) {
        return subscription.edited(List.of(customizations), new Timing.Immediate(), now);
    }
}
