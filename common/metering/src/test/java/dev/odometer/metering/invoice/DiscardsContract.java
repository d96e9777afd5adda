package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.subscription.Timing;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Invoices}: discarded lines, of deleted drafts and of invoices that are voided for good. One
 * subclass per store.
 */
public abstract class DiscardsContract extends InvoiceFixture {

    @Test
    void aDeletedDraftIsNotCredited() {
        subscribed();
        Invoice draft = settle(START).get(0);
        invoices().change(draft.id(), one -> one.deleted(START));

        assertThat(totals(settledAfterCancelation())).containsExactly("0.00");
    }

    @Test
    void anInvoiceThatIsVoidedForGoodIsNotCredited() {
        subscribed();
        Invoice invoice = invoices().approve(settle(START).get(0).id(), START);
        invoices().annul(invoice.id(), new Annulment("a test", false), START);

        assertThat(totals(settledAfterCancelation())).containsExactly("0.00");
    }

    /** A credit must not outlast the charge that it returns. */
    @Test
    void anInvoiceThatIsVoidedForGoodAfterItsCreditReturnsTheCredit() {
        subscribed();
        Invoice invoice = invoices().approve(settle(START).get(0).id(), START);
        Invoice credit = settledAfterCancelation();
        Instant later = at("2026-01-16T01:00:00Z");
        invoices().collectDue(request(later), 10);
        invoices().issueDue(later, 10);
        assertThat(totals(found(credit.id()))).contains("-25.80");

        invoices().annul(invoice.id(), new Annulment("a test", false), later);

        assertThatTheNextInvoiceChargesTheCredit(later);
    }

    @Test
    void aDraftThatIsDeletedAfterItsCreditReturnsTheCredit() {
        subscribed();
        Invoice draft = settle(START).get(0);
        Invoice credit = settledAfterCancelation();
        Instant later = at("2026-01-16T00:00:00Z");
        assertThat(totals(credit)).contains("-25.80");

        invoices().change(draft.id(), one -> one.deleted(later));

        assertThatTheNextInvoiceChargesTheCredit(later);
    }

    private void assertThatTheNextInvoiceChargesTheCredit(Instant now) {
        assertThat(invoices().settleDue(request(now), 10)).isEqualTo(1);
        assertThat(InvoiceListContract.list(invoices(), InvoiceSearch.Order.CREATED_AT))
                .filteredOn(one -> one.times().voidedAt() == null && one.times().deletedAt() == null)
                .flatExtracting(InvoiceFixture::totals)
                .containsExactlyInAnyOrder("-25.80", "0.00", "25.80");
        assertThat(settle(now)).isEmpty();
    }

    /** The only line is that of the usage. */
    private Invoice settledAfterCancelation() {
        Instant middle = at("2026-01-16T00:00:00Z");
        stores.subscribed().subscriptions().change("s1", one -> one.canceled(new Timing.Immediate(), middle));
        return settle(middle).get(0);
    }

    @Test
    void aCreditThatIsDeletedIsNotGivenAgain() {
        subscribed();
        Invoice invoice = invoices().approve(settle(START).get(0).id(), START);
        Invoice credit = settledAfterCancelation();
        Instant later = at("2026-01-16T00:00:00Z");
        assertThat(totals(credit)).contains("-25.80");

        invoices().change(credit.id(), one -> one.deleted(later));
        assertThat(settle(later)).isEmpty();

        invoices().annul(invoice.id(), new Annulment("a test", false), later);
        assertThat(settle(later)).isEmpty();
    }

    /** The subscription no longer has the item that is credited. */
    @Test
    void aCreditOfARemovedItemThatIsDeletedIsNotGivenAgain() {
        subscribed();
        issued();
        Instant end = at("2026-01-31T00:00:00Z");
        stores.subscribed().subscriptions().change("s1", one -> one.canceled(new Timing.Immediate(), end));
        Invoice credit = settle(COLLECTED).get(0);
        assertThat(totals(credit)).contains("-49.99");
        invoices().collectDue(request(COLLECTED.plus(Duration.ofHours(1))), 10);

        invoices().change(credit.id(), one -> one.deleted(COLLECTED));

        assertThat(settle(COLLECTED.plus(Duration.ofHours(1)))).isEmpty();
    }

    /** The customer has paid 3.00, and usage costs 3.00 again. */
    @Test
    void aDiscardedChargeIsNotCreditedWhenItsUsageIsCorrected() {
        subscribed();
        issued();
        use("2026-01-06T00:00:00Z", "5");
        Invoice late = settle(COLLECTED.plusSeconds(60)).get(0);
        assertThat(totals(late)).containsExactly("0.50");
        invoices().change(late.id(), one -> one.deleted(COLLECTED.plusSeconds(60)));

        use("2026-01-06T00:00:00Z", "-5");
        assertThat(settle(COLLECTED.plusSeconds(120))).isEmpty();

        use("2026-01-06T00:00:00Z", "7");
        assertThat(totals(settle(COLLECTED.plusSeconds(180)).get(0))).containsExactly("0.20");
    }

    /** The discarded line has waived 3.00. */
    @Test
    void usageUpToADiscardedChargeIsNotChargedAfterItsCreditIsReturned() {
        subscribed();
        Invoice invoice = issued();
        use("2026-01-06T00:00:00Z", "-10");
        Invoice credit = settle(COLLECTED.plusSeconds(60)).get(0);
        assertThat(totals(credit)).containsExactly("-1.00");
        invoices().issueDue(COLLECTED.plusSeconds(60), 10);

        invoices().annul(invoice.id(), new Annulment("a test", false), COLLECTED.plusSeconds(60));
        assertThat(totals(settle(COLLECTED.plusSeconds(120)).get(0))).containsExactly("1.00");
        use("2026-01-06T00:00:00Z", "8");
        assertThat(settle(COLLECTED.plusSeconds(180))).isEmpty();

        use("2026-01-06T00:00:00Z", "4");
        assertThat(totals(settle(COLLECTED.plusSeconds(240)).get(0))).containsExactly("0.20");
    }
}
