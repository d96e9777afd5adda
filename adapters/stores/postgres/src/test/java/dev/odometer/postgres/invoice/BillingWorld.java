package dev.odometer.postgres.invoice;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.invoice.BillableItem.EndProration;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.invoice.Supplier;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.metering.invoice.Workflow;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.pricing.Commitment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.pricing.Tier;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.subscription.SubscribedPhases;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.postgres.PostgresStore;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Customers with subscriptions, half of them with a profile that asks for approval. */
final class BillingWorld {

    static final Instant START = Instant.parse("2020-01-31T10:07:30Z");
    static final Feature TOKENS = Examples.feature("tokens", Examples.meter(Aggregation.SUM), Map.of());
    /** Half of the tokens. */
    static final Feature GPT = Examples.feature(
            "gpt", Examples.meter(Aggregation.SUM), Map.of("model", TextFilter.of(TextFilter.Op.EQ, "gpt")));

    private static final int CUSTOMERS = 12;

    private BillingWorld() {}

    static List<String> customerIds() {
        return IntStream.range(0, CUSTOMERS).mapToObj(i -> "c-" + i).toList();
    }

    static void prepare(PostgresStore store) {
        store.meters().add(Examples.meter(Aggregation.SUM));
        store.features().add(TOKENS);
        store.features().add(GPT);
        store.billingProfiles().add(byApproval());
        for (String id : customerIds()) {
            store.customers()
                    .add(new Customer(
                            id,
                            id,
                            id,
                            null,
                            List.of(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            Map.of(),
                            Lifecycle.created(START)));
            store.subscriptions().add(subscription(id, START, null));
            if (Math.floorMod(id.hashCode(), 2) == 0) {
                store.billingProfiles().override(new CustomerOverride(id, "approval", null, START, START));
            }
        }
    }

    private static BillingProfile byApproval() {
        var workflow = new Workflow(
                null,
                CalendarDuration.parse("interval", "P1D"),
                false,
                CalendarDuration.orZero("draftPeriod", "P0D"),
                CalendarDuration.parse("dueAfter", "P30D"),
                true,
                EndProration.BILL_ACTUAL_PERIOD,
                Workflow.CollectionMethod.SEND_INVOICE);
        return new BillingProfile(
                "approval",
                "By approval",
                null,
                Map.of(),
                false,
                new Supplier(null, "Supplier", null, null),
                workflow,
                TaxRate.NONE,
                Lifecycle.created(START));
    }

    static PlanTerms terms() {
        var tiers = List.of(
                new Tier(new BigDecimal(50), new BigDecimal(2), new BigDecimal("0.333")),
                new Tier(null, null, new BigDecimal("0.05")));
        var graduated = new Pricing(
                new Price.Graduated(tiers),
                new Commitment(new BigDecimal("5.5"), null),
                new Discounts(new BigDecimal("12.5"), new BigDecimal(3)));
        return PlanExamples.monthly(PlanExamples.phase(
                "main",
                null,
                PlanExamples.card("tokens", "P1M", Pricing.of(new Price.PerUnit(new BigDecimal("0.10")))),
                PlanExamples.card("gpt", "P1M", graduated),
                fee("advance", PaymentTerm.IN_ADVANCE),
                fee("arrears", PaymentTerm.IN_ARREARS)));
    }

    private static RateCard fee(String key, PaymentTerm term) {
        return new RateCard(
                RateCard.Kind.FLAT_FEE,
                PlanExamples.label(key),
                PlanExamples.duration("P1M"),
                Pricing.of(new Price.Flat(new BigDecimal("49.99"), term)),
                null,
                null,
                null,
                Discounts.NONE);
    }

    static Subscription subscription(String customerId, Instant from, @Nullable String previous) {
        String id = UUID.randomUUID().toString();
        var phases = new SubscribedPhases(
                Map.of("tokens", TOKENS, "gpt", GPT), () -> UUID.randomUUID().toString());
        return new Subscription(
                id,
                customerId,
                id,
                null,
                Map.of(),
                null,
                terms(),
                from,
                ZoneOffset.UTC,
                from,
                null,
                phases.of(terms(), null),
                null,
                previous,
                null,
                Lifecycle.created(from));
    }
}
