package dev.odometer.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.InvoiceCourier.Outcome;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.stripe.FakeStripe.Fault;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What keeps an invoice from being handed over, and how it goes on. */
class StripeCourierTest {

    private final HandOffFixture fixture = new HandOffFixture();
    private final Invoice invoice = fixture.issued.issued("10.00", "5.00");

    @AfterEach
    void close() {
        fixture.close();
    }

    private void assertState(State state, String reason) {
        assertThat(fixture.handOff(invoice)).returns(state, HandOff::state).returns(reason, HandOff::reason);
    }

    private void restart() {
        fixture.stores.handOffs().restart(invoice.id(), fixture.now);
        fixture.work();
    }

    private void passAndWork() {
        fixture.pass(Duration.ofMinutes(15));
        fixture.work();
    }

    private void assertHandedOver() {
        assertThat(fixture.handOff(invoice).reason()).isNull();
        assertThat(fixture.handOff(invoice).state()).isEqualTo(State.DONE);
        assertThat(fixture.invoice().status).isEqualTo("open");
        assertThat(fixture.amounts(fixture.invoice())).containsExactlyInAnyOrder(1000L, 500L);
    }

    /** The requests that an attempt makes, with something that happens in Stripe after one of them. */
    private Transport after(String path, Runnable event) {
        Transport http = fixture.http();
        return request -> {
            var response = http.send(request);
            if (request.target().equals(path)) {
                event.run();
            }
            return response;
        };
    }

    @Test
    void waitsForTheMappingOfTheCustomer() {
        fixture.map(null);
        fixture.work();
        assertState(State.WAITING, "the customer has no metadata stripeCustomerId");
        assertThat(fixture.handOff(invoice).issue())
                .hasValueSatisfying(issue -> assertThat(issue)
                        .returns("hand_off_waiting", HandOff.Issue::code)
                        .returns(false, HandOff.Issue::isCritical));
        fixture.map("sub_1");
        passAndWork();
        assertState(
                State.WAITING,
                "the metadata stripeCustomerId of the customer is not the id of a customer in Stripe: sub_1");
        assertThat(fixture.requests()).isEmpty();

        fixture.map("cus_acme");
        passAndWork();

        assertHandedOver();
        assertThat(fixture.handOff(invoice).attempts()).isZero();
    }

    @Test
    void waitsForACustomerThatStripeHas() {
        fixture.map("cus_unknown");
        fixture.work();
        assertState(State.WAITING, "Stripe refused POST /v1/invoices: No such customer: 'cus_unknown'");

        fixture.map("cus_acme");
        passAndWork();

        assertHandedOver();
    }

    @Test
    void waitsForAValidKeyAndShowsNone() {
        var settings = new StripeSettings("sk_test_wrong", fixture.stripe.url());

        fixture.work(new HttpTransport(settings, Duration.ofSeconds(5)));

        assertState(State.WAITING, "Stripe does not accept the key in odometer.stripe.api-key");
        assertThat(settings.toString()).doesNotContain("sk_test_wrong");
        passAndWork();
        assertHandedOver();
    }

    @Test
    void comparesTotalsBeforeFinalizing() {
        Transport edited = after(
                "/v1/invoices",
                () -> fixture.stripe.account.addItem(
                        fixture.invoice().id, Map.of("amount", "-1", "discountable", "false")));
        fixture.work(edited);

        assertState(
                State.FAILED,
                "the invoice in_1 in Stripe is not finalized, because its total is 1499 in the smallest units of USD, not 1500");
        assertThat(fixture.invoice().status).isEqualTo("draft");
        assertThat(fixture.handOff(invoice).issue())
                .hasValueSatisfying(issue -> assertThat(issue.isCritical()).isTrue());
        fixture.pass(Duration.ofDays(9));
        fixture.work();
        assertThat(fixture.invoice().status).isEqualTo("draft");
        fixture.stripe.account.invoices.clear();
        fixture.stripe.account.items.clear();
        restart();
        assertHandedOver();
    }

    @Test
    void doesNotFinalizeAnInvoiceWithOtherItemsOfTheSameTotal() {
        fixture.work(after("/v1/invoices", () -> {
            fixture.stripe.account.addItem("in_1", Map.of("amount", "-1"));
            fixture.stripe.account.addItem("in_1", Map.of("amount", "1"));
        }));

        assertThat(fixture.handOff(invoice).state()).isEqualTo(State.FAILED);
        assertThat(fixture.handOff(invoice).reason())
                .startsWith("the invoice in_1 in Stripe is not finalized, because it has an unknown or duplicate item");
        assertThat(fixture.invoice().status).isEqualTo("draft");
    }

    @Test
    void givesUpWhatStripeRefuses() {
        fixture.work(after("/v1/invoices", () -> fixture.invoice().status = "uncollectible"));

        assertState(State.FAILED, "Stripe refused POST /v1/invoiceitems: This invoice is no longer editable");
    }

    @Test
    void makesAnotherDraftWhenAUserDeletesIt() {
        fixture.stripe.plan(1, Fault.ERROR);
        fixture.work();
        assertThat(fixture.handOff(invoice).externalIds().invoiceId()).isEqualTo("in_1");
        fixture.stripe.account.invoices.clear();

        passAndWork();

        assertHandedOver();
        assertThat(fixture.handOff(invoice).externalIds().invoiceId()).isEqualTo(fixture.invoice().id);
    }

    @Test
    void doesNotMixTwoCustomers() {
        fixture.stripe.account.coupons.put("cus_other", 0);
        fixture.stripe.plan(1, Fault.ERROR);
        fixture.work();
        fixture.map("cus_other");

        passAndWork();

        assertState(
                State.WAITING,
                "the invoice in_1 in Stripe belongs to cus_acme, but the customer is cus_other; delete it in Stripe, or correct the metadata of the customer");
        fixture.map("cus_acme");
        passAndWork();
        assertHandedOver();
    }

    @Test
    void reportsAnInvoiceThatAUserVoidedInStripe() {
        fixture.stripe.plan(1, Fault.ERROR);
        fixture.work();
        fixture.invoice().status = "void";

        passAndWork();

        assertState(State.FAILED, "the invoice was voided in Stripe: in_1");
    }

    @Test
    void reportsSeveralInvoicesForOne() {
        fixture.stripe.plan(0, Fault.ERROR);
        fixture.work();
        for (String id : List.of("in_8", "in_9")) {
            var parameters = Map.of("customer", "cus_acme", "metadata[odometer_invoice]", invoice.id());
            fixture.stripe.account.invoices.put(id, new StripeInvoice(id, parameters, fixture.now, 0));
        }

        passAndWork();

        assertState(
                State.FAILED, "Stripe has several invoices with this id as metadata; delete all but one: in_9, in_8");
    }

    @Test
    void continuesAfterTheTimeLimit() {
        for (int attempt = 0; attempt < 3; attempt++) {
            var left = new AtomicInteger(5);
            fixture.limit(() -> left.getAndDecrement() > 0);
            fixture.work();
            assertThat(fixture.handOff(invoice)).returns(null, HandOff::reason).returns(0, HandOff::attempts);
        }

        assertHandedOver();
    }

    @Test
    void waitsAsLongAsStripeSays() {
        fixture.stripe.plan(0, Fault.RATE_LIMITED);

        Outcome outcome = fixture.handOver(invoice);

        assertThat(outcome)
                .returns(Result.RETRY, Outcome::result)
                .returns(Duration.ofSeconds(7), Outcome::retryAfter)
                .returns(false, Outcome::needsNewKeys)
                .returns("Stripe is busy, POST /v1/invoices: status 429", Outcome::reason);
        assertThat(fixture.requests()).hasSize(1);
    }

    @Test
    void repeatsARequestThatHadNoEffect() {
        fixture.stripe.plan(0, Fault.KEY_IN_USE);
        fixture.stripe.plan(1, Fault.CUT_BEFORE);
        fixture.stripe.plan(4, Fault.RETRYABLE_ERROR);
        fixture.stripe.plan(5, Fault.SLOW);

        fixture.work();

        assertHandedOver();
    }

    @Test
    void retriesWhileTheServerIsUnreachable() {
        fixture.stripe.close();

        fixture.work();

        assertThat(fixture.handOff(invoice))
                .returns(State.PENDING, HandOff::state)
                .returns(1, HandOff::attempts);
        assertThat(fixture.handOff(invoice).reason())
                .isEqualTo("no response from Stripe to POST /v1/invoices: HttpHostConnectException");
    }
}
