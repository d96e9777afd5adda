package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.item;
import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.SSO;
import static dev.odometer.metering.subscription.SubscriptionExamples.TOKENS;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.pricing.PaymentTerm;
import dev.odometer.metering.pricing.PlanExamples;
import dev.odometer.metering.pricing.PlanTerms;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.RateCard;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionExamples;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;

/** A store with the customer acme, who has a monthly fee in advance and pays 0.10 for each token. */
abstract class InvoiceFixture {

    static final Instant START = InvoiceExamples.START;
    static final Instant FEBRUARY = InvoiceExamples.FEBRUARY;
    static final Instant COLLECTED = FEBRUARY.plus(Duration.ofHours(1));
    static final Instant MARCH = at("2026-03-01T00:00:00Z");

    InvoiceStores stores = empty();
    private int events;

    protected abstract InvoiceStores empty();

    @BeforeEach
    void startEmpty() {
        stores = empty();
        var house = stores.subscribed().house();
        house.meters().add(Examples.meter(Aggregation.SUM));
        house.customers().add(ACME);
        house.features().add(TOKENS);
        house.features().add(SSO);
    }

    static PlanTerms terms() {
        return PlanExamples.monthly(PlanExamples.phase("main", null, fee(), tokens()));
    }

    static RateCard tokens() {
        return PlanExamples.card("tokens", "P1M", Pricing.of(new Price.PerUnit(new BigDecimal("0.10"))));
    }

    static RateCard fee() {
        return new RateCard(
                RateCard.Kind.FLAT_FEE,
                PlanExamples.label("fee"),
                PlanExamples.duration("P1M"),
                Pricing.of(new Price.Flat(new BigDecimal("49.99"), PaymentTerm.IN_ADVANCE)),
                null,
                null,
                null,
                Discounts.NONE);
    }

    Subscription subscribed() {
        Subscription subscription = SubscriptionExamples.subscription("s1", terms(), START);
        stores.subscribed().subscriptions().add(subscription);
        return subscription;
    }

    Invoices invoices() {
        return stores.invoices();
    }

    static Instant at(String time) {
        return Instant.parse(time);
    }

    List<Invoice> settle(Instant now) {
        return invoices().settle(List.of(ACME.id()), request(now));
    }

    void use(String time, String tokens) {
        stores.subscribed().house().usage().append(List.of(Examples.prompt("e" + events++, "s1", time, tokens)));
    }

    static Refusal refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refusal.class, call);
    }

    Invoice found(String id) {
        return invoices().find(id).orElseThrow();
    }

    static List<String> totals(Invoice invoice) {
        return invoice.charged().stream()
                .map(line -> line.totals().total().amount().toPlainString())
                .toList();
    }

    /** The invoice of January's usage and February's fee, issued. */
    Invoice issued() {
        settle(START);
        use("2026-01-05T00:00:00Z", "30");
        Invoice draft = settle(FEBRUARY).get(0);
        invoices().collectDue(request(COLLECTED), 10);
        invoices().issueDue(COLLECTED, 10);
        return found(draft.id());
    }

    Invoice billed(String customerId, String key, String amount, Instant at) {
        invoices().add(customerId, List.of(item(key, amount, at)), at);
        return invoices().settle(List.of(customerId), request(at)).get(0);
    }

    String beta() {
        if (stores.subscribed()
                .house()
                .customers()
                .find(InvoiceExamples.BETA.id())
                .isEmpty()) {
            stores.subscribed().house().customers().add(InvoiceExamples.BETA);
        }
        return InvoiceExamples.BETA.id();
    }
}
