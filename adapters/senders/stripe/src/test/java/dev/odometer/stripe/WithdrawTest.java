package dev.odometer.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.handoff.HandOff;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.HandOff.Task;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.stripe.FakeStripe.Fault;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Invoices that are voided after they were handed over, or on the way. */
class WithdrawTest {

    private final HandOffFixture fixture = new HandOffFixture();
    private final Invoice invoice = fixture.issued.issued("10.00");

    @AfterEach
    void close() {
        fixture.close();
    }

    private void withdraw() {
        fixture.issued.annul(invoice);
        fixture.pass(HandOffFixture.LEASE);
        fixture.work();
    }

    private void assertWithdrawn() {
        assertThat(fixture.handOff(invoice))
                .returns(Task.WITHDRAW, HandOff::task)
                .returns(State.DONE, HandOff::state)
                .returns(null, HandOff::reason);
    }

    @Test
    void voidsAnOpenInvoice() {
        fixture.work();

        withdraw();

        assertWithdrawn();
        assertThat(fixture.invoice().status).isEqualTo("void");
    }

    @Test
    void deletesADraft() {
        fixture.stripe.plan(1, Fault.ERROR);
        fixture.work();

        withdraw();

        assertWithdrawn();
        assertThat(fixture.invoices()).isEmpty();
    }

    @Test
    void deletesADraftWhoseIdWasLost() {
        fixture.stripe.plan(0, Fault.ERROR_AFTER);
        fixture.work();
        assertThat(fixture.handOff(invoice).externalIds().invoiceId()).isNull();

        withdraw();

        assertWithdrawn();
        assertThat(fixture.invoices()).isEmpty();
    }

    @Test
    void withdrawsNothingWhenNothingWasHandedOver() {
        fixture.map(null);
        fixture.work();
        fixture.map("cus_acme");

        withdraw();

        assertWithdrawn();
        assertThat(fixture.requests()).containsExactly("GET /v1/invoices");
    }

    @Test
    void reportsAnInvoiceThatIsPaid() {
        fixture.work();
        fixture.invoice().status = "paid";

        withdraw();

        assertThat(fixture.handOff(invoice))
                .returns(State.FAILED, HandOff::state)
                .returns(
                        "the invoice is void, but Stripe cannot void in_1 in status paid; refund or credit it in Stripe",
                        HandOff::reason);
        assertThat(fixture.invoice().status).isEqualTo("paid");
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void survivesAFault(Fault fault) {
        fixture.work();
        int request = fixture.requests().size();
        fixture.stripe.plan(request + 1, fault);
        withdraw();

        for (int attempt = 0; attempt < 3; attempt++) {
            fixture.pass(Duration.ofMinutes(6));
            fixture.work();
        }

        assertWithdrawn();
        assertThat(fixture.invoice().status).isEqualTo("void");
    }
}
