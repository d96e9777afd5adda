package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.manual;
import static dev.odometer.metering.invoice.InvoiceExamples.profile;
import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.invoice.Invoice.Payment;
import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.subscription.SubscriptionExamples;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The contract of {@link Invoices}: drafts and issued invoices. One subclass per store. */
public abstract class InvoiceStatesContract extends InvoiceFixture {

    @Test
    void numbersInvoicesWithoutGaps() {
        subscribed();
        issued();
        Invoice third = settle(MARCH).get(0);
        invoices().change(third.id(), one -> one.deleted(MARCH));
        invoices().collectDue(request(MARCH.plus(Duration.ofDays(1))), 10);
        settle(at("2026-04-01T00:00:00Z"));
        invoices().collectDue(request(at("2026-04-02T00:00:00Z")), 10);

        assertThat(invoices().issueDue(at("2026-04-02T00:00:00Z"), 10)).isEqualTo(1);
        assertThat(invoices().issueDue(at("2026-04-02T00:00:00Z"), 10)).isZero();

        assertThat(InvoiceListContract.list(invoices(), InvoiceSearch.Order.ISSUED_AT).stream()
                        .map(Invoice::number)
                        .filter(Objects::nonNull))
                .containsExactlyInAnyOrder("INV-1", "INV-2", "INV-3");
    }

    @Test
    void aProfileHasItsOwnNumbersAndCanAskForApproval() {
        subscribed();
        issued();
        stores.profiles().add(profile("p1", false, manual()));
        stores.profiles().override(new BillingProfiles.CustomerOverride(ACME.id(), "p1", null, START, START));
        Invoice draft = settle(MARCH).get(0);

        assertThat(draft.tax().amount()).isEqualTo("9.75");
        assertThat(refusal(() -> invoices().approve(draft.id(), MARCH)).kind()).isEqualTo(RefusalKind.INVALID);
        assertThat(invoices().collectDue(request(MARCH.plus(Duration.ofDays(1))), 10))
                .isEqualTo(1);
        assertThat(invoices().issueDue(MARCH.plus(Duration.ofDays(9)), 10)).isZero();
        Invoice approved = invoices().approve(draft.id(), MARCH.plus(Duration.ofDays(9)));

        assertThat(approved.number()).isEqualTo("INV-1");
        assertThat(found(draft.id())).isEqualTo(approved);
        assertThat(refusal(() -> invoices().approve(draft.id(), MARCH)).kind()).isEqualTo(RefusalKind.INVALID);
        assertThat(refusal(() -> invoices().approve("none", MARCH)).kind()).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void billsTheItemsOfAVoidedInvoiceAgainOnlyOnRequest() {
        subscribed();
        Invoice first = issued();

        Invoice voided = invoices().annul(first.id(), new Annulment("a test", true), MARCH.minusSeconds(1));
        assertThat(found(first.id())).isEqualTo(voided);
        Invoice again = settle(MARCH.minusSeconds(1)).get(0);
        assertThat(totals(again)).containsExactly("3.00", "49.99");
        assertThat(again.lines()).extracting(line -> line.stored().revision()).containsOnly(1);
        invoices().collectDue(request(MARCH), 10);
        invoices().issueDue(MARCH, 10);
        invoices().annul(again.id(), new Annulment("a test", false), MARCH);

        assertThat(settle(MARCH.minusSeconds(1))).isEmpty();
        assertThat(refusal(() -> invoices().annul(again.id(), new Annulment("a test", true), MARCH))
                        .kind())
                .isEqualTo(RefusalKind.INVALID);
        assertThat(refusal(() -> invoices().annul("none", new Annulment("a test", true), MARCH))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void theCollectionOfADraftKeepsWhatAUserChanged() {
        subscribed();
        settle(START);
        use("2026-01-05T00:00:00Z", "30");
        Invoice draft = settle(FEBRUARY).get(0);
        var half = new Discounts(new BigDecimal(50), null);
        invoices().change(draft.id(), one -> {
            InvoiceLine usage = one.lines().get(0);
            InvoiceLine changed = usage.discounted(half, SubscriptionExamples.ids("d"))
                    .worded(new InvoiceLine.Wording("Half price", null, Map.of()));
            return one.with(List.of(changed, one.lines().get(1).deleted(FEBRUARY)), one.times());
        });
        use("2026-01-06T00:00:00Z", "10");

        Invoice collected = invoices().collect(draft.id(), request(FEBRUARY));

        assertThat(totals(collected)).containsExactly("2.00");
        assertThat(collected.charged().get(0).wording().name()).isEqualTo("Half price");
        assertThat(settle(FEBRUARY)).isEmpty();
        use("2026-01-07T00:00:00Z", "10");
        assertThat(settle(MARCH).get(0).lines())
                .extracting(line -> line.stored().key())
                .doesNotContain(collected.lines().get(1).stored().key());
    }

    @Test
    void aLineThatAUserRemovedStaysRemoved() {
        subscribed();
        settle(START);
        use("2026-01-05T00:00:00Z", "30");
        Invoice draft = settle(FEBRUARY).get(0);
        invoices()
                .change(
                        draft.id(),
                        one -> one.with(
                                List.of(
                                        one.lines().get(0).deleted(FEBRUARY),
                                        one.lines().get(1)),
                                one.times()));
        use("2026-01-06T00:00:00Z", "10");

        Invoice collected = invoices().collect(draft.id(), request(FEBRUARY));

        assertThat(totals(collected)).containsExactly("49.99");
        assertThat(settle(FEBRUARY)).isEmpty();
    }

    @Test
    void aDeletedDraftIsNotBilledAgain() {
        subscribed();
        Invoice draft = settle(START).get(0);

        invoices().change(draft.id(), one -> one.deleted(START));

        assertThat(found(draft.id()).status(START)).isEqualTo(InvoiceStatus.DELETED);
        assertThat(settle(START)).isEmpty();
    }

    @Test
    void usageAfterADraftThatWasDeletedBeforeItsCollectionIsBilled() {
        subscribed();
        use("2026-01-05T00:00:00Z", "30");
        Invoice draft = settle(FEBRUARY).get(0);
        use("2026-01-06T00:00:00Z", "5");
        assertThat(settle(FEBRUARY)).isEmpty();

        invoices().change(draft.id(), one -> one.deleted(FEBRUARY));

        assertThat(invoices().settleDue(request(FEBRUARY), 10)).isEqualTo(1);
        assertThat(InvoiceListContract.list(invoices(), InvoiceSearch.Order.CREATED_AT))
                .filteredOn(one -> one.times().deletedAt() == null)
                .flatExtracting(InvoiceFixture::totals)
                .contains("0.50");
    }

    @Test
    void changesAnIssuedInvoiceButNotItsLines() {
        subscribed();
        Invoice invoice = issued();
        var payment = new Payment(Payment.Report.PAID, MARCH);

        Invoice paid = invoices().change(invoice.id(), one -> one.reported(payment));

        assertThat(found(invoice.id())).isEqualTo(paid);
        assertThat(paid.status(MARCH)).isEqualTo(InvoiceStatus.PAID);
        assertThatThrownBy(() -> invoices()
                        .change(invoice.id(), one -> one.with(one.lines().subList(0, 1), one.times())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(found(invoice.id())).isEqualTo(paid);
        assertThat(refusal(() -> invoices().change("none", one -> one)).kind()).isEqualTo(RefusalKind.NOT_FOUND);
        Refusal refused = Refusal.invalid("no");
        assertThat(refusal(() -> invoices().change(invoice.id(), one -> {
                    throw refused;
                })))
                .isEqualTo(refused);
    }
}
