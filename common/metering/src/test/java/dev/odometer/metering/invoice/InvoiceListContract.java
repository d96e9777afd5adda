package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.manual;
import static dev.odometer.metering.invoice.InvoiceExamples.profile;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.invoice.Invoice.Payment;
import dev.odometer.metering.invoice.InvoiceSearch.Between;
import dev.odometer.metering.invoice.InvoiceSearch.Order;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link Invoices}: lists. One subclass per store. */
public abstract class InvoiceListContract extends InvoiceFixture {

    private static final Instant LATE = at("2026-06-01T00:00:00Z");

    static List<Invoice> list(Invoices invoices, Order order) {
        return invoices.list(search(Set.of(), Set.of(), Between.ANY, order)).items();
    }

    private static InvoiceSearch search(
            Set<String> customers, Set<InvoiceStatus> statuses, Between created, Order order) {
        return new InvoiceSearch(
                customers,
                statuses,
                Between.ANY,
                Between.ANY,
                created,
                true,
                LATE,
                order,
                false,
                new PageRequest(1, 100));
    }

    @Test
    void filters() {
        Invoice first = billed(ACME.id(), "i1", "5", START);
        invoices().issueDue(START, 10);
        Invoice second = billed(ACME.id(), "i2", "5", FEBRUARY);
        Invoice third = billed(beta(), "i3", "5", LATE);
        Invoice deleted = billed(ACME.id(), "i4", "5", LATE);
        invoices().change(deleted.id(), one -> one.deleted(LATE));

        assertThat(ids(search(Set.of(InvoiceExamples.BETA.id()), Set.of(), Between.ANY, Order.CREATED_AT)))
                .containsExactly(third.id());
        assertThat(ids(search(Set.of(), Set.of(), new Between(FEBRUARY, FEBRUARY), Order.CREATED_AT)))
                .containsExactly(second.id());
        assertThat(ids(search(Set.of(), Set.of(InvoiceStatus.DELETED), Between.ANY, Order.CREATED_AT)))
                .containsExactly(deleted.id());
        var issued = new InvoiceSearch(
                Set.of(),
                Set.of(),
                new Between(START, null),
                new Between(null, START),
                Between.ANY,
                false,
                LATE,
                Order.ISSUED_AT,
                true,
                new PageRequest(1, 1));
        assertThat(invoices().list(issued).totalCount()).isEqualTo(1);
        assertThat(ids(issued)).containsExactly(first.id());
    }

    private List<String> ids(InvoiceSearch search) {
        return invoices().list(search).items().stream().map(Invoice::id).toList();
    }

    /** All statuses that an invoice can have, each computed by the store as by the invoice itself. */
    @Test
    void filtersByTheStatusAtTheTime() {
        stores.profiles().add(profile("p1", false, manual()));
        stores.profiles().override(new BillingProfiles.CustomerOverride(beta(), "p1", null, START, START));
        subscribed();
        Invoice waiting = settle(FEBRUARY).get(0);
        billed(ACME.id(), "i1", "5", START);
        invoices().issueDue(FEBRUARY, 10);
        for (Payment.Report report : Payment.Report.values()) {
            Invoice invoice = billed(ACME.id(), "i" + report, "5", START);
            invoices().issueDue(START.plusSeconds(1), 10);
            invoices().change(invoice.id(), one -> one.reported(new Payment(report, FEBRUARY)));
        }
        Invoice voided = billed(ACME.id(), "i2", "5", START);
        invoices().issueDue(START.plusSeconds(1), 10);
        invoices().annul(voided.id(), new Annulment("a test", false), FEBRUARY);
        invoices().change(billed(ACME.id(), "i3", "5", START).id(), one -> one.deleted(START));
        billed(beta(), "i4", "5", FEBRUARY);
        invoices().change(billed(beta(), "i5", "5", FEBRUARY).id(), one -> one.approved(FEBRUARY));
        stores.subscribed()
                .subscriptions()
                .change("s1", one -> one.canceled(new Timing.Immediate(), FEBRUARY.plusSeconds(1)));
        settle(FEBRUARY.plusSeconds(1));
        invoices().issueDue(FEBRUARY.plusSeconds(2), 1);
        billed(ACME.id(), "i7", "5", FEBRUARY);

        for (Instant now : List.of(FEBRUARY, waiting.times().collectionAt(), START.plus(Duration.ofDays(30)), LATE)) {
            for (InvoiceStatus status : InvoiceStatus.values()) {
                List<String> expected = list(invoices(), Order.CREATED_AT).stream()
                        .filter(one -> one.status(now) == status)
                        .map(Invoice::id)
                        .toList();
                assertThat(ids(having(status, now)))
                        .as("%s at %s", status, now)
                        .containsExactlyInAnyOrderElementsOf(expected);
            }
        }
    }

    private static InvoiceSearch having(InvoiceStatus status, Instant now) {
        return new InvoiceSearch(
                Set.of(),
                Set.of(status),
                Between.ANY,
                Between.ANY,
                Between.ANY,
                true,
                now,
                Order.STATUS,
                false,
                new PageRequest(1, 100));
    }

    @Test
    void ordersByEachAttribute() {
        Invoice first = billed(beta(), "i1", "5", START);
        invoices().issueDue(START, 10);
        Invoice second = billed(ACME.id(), "i2", "5", FEBRUARY);
        invoices().change(second.id(), one -> one.deleted(FEBRUARY));
        Invoice third = billed(ACME.id(), "i3", "5", LATE);

        for (Order order : Order.values()) {
            List<String> expected = InvoiceOrder.of(
                            search(Set.of(), Set.of(), Between.ANY, order),
                            List.of(stored(first), stored(second), stored(third)))
                    .stream()
                    .map(Invoice::id)
                    .toList();
            assertThat(ids(search(Set.of(), Set.of(), Between.ANY, order)))
                    .as("%s", order)
                    .isEqualTo(expected);
        }
    }

    private Invoice stored(Invoice invoice) {
        return invoices().find(invoice.id()).orElseThrow();
    }
}
