package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.item;
import static dev.odometer.metering.invoice.InvoiceExamples.manual;
import static dev.odometer.metering.invoice.InvoiceExamples.profile;
import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.invoice.Invoice.Payment;
import dev.odometer.metering.invoice.InvoiceSearch.Between;
import dev.odometer.metering.invoice.InvoiceSearch.Order;
import dev.odometer.metering.invoice.Invoices.Gathering;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link Invoices}: lists, and items that are added by hand. One subclass per store. */
public abstract class InvoiceListContract extends InvoiceFixture {

    private static final Customer BETA = Examples.customer("beta", "s2");
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

    private Invoice billed(String customerId, String key, String amount, Instant at) {
        invoices().add(customerId, List.of(item(key, amount, at)), at);
        return invoices().settle(List.of(customerId), request(at)).get(0);
    }

    private Gathering gathering() {
        return invoices().gathering(ACME.id()).get(0);
    }

    @Test
    void gathersItemsThatAreAddedByHand() {
        Gathering first = invoices().add(ACME.id(), List.of(item("i1", "5", FEBRUARY)), START);
        Gathering second = invoices().add(ACME.id(), List.of(item("i2", "7", FEBRUARY)), FEBRUARY);

        assertThat(first.isNew()).isTrue();
        assertThat(first.items()).containsExactly(item("i1", "5", FEBRUARY));
        assertThat(first.createdAt()).isEqualTo(START);
        assertThat(second.isNew()).isFalse();
        assertThat(second.id()).isEqualTo(first.id());
        assertThat(second.createdAt()).isEqualTo(START);
        assertThat(second.items()).extracting(BillableItem::key).containsExactly("i1", "i2");
        assertThat(gathering()).isEqualTo(second);
        assertThat(invoices().findGathering(second.id())).contains(second);
        assertThat(invoices().findGathering("none")).isEmpty();
        assertThat(invoices().gathering("none")).isEmpty();
    }

    @Test
    void billsGatheredItemsOnce() {
        String id = invoices()
                .add(ACME.id(), List.of(item("i1", "5", START), item("i2", "7", FEBRUARY)), START)
                .id();
        Invoice first = settle(START).get(0);

        assertThat(first.lines()).extracting(line -> line.stored().key()).containsExactly("i1");
        assertThat(gathering().items()).extracting(BillableItem::key).containsExactly("i2");
        assertThat(settle(FEBRUARY)).hasSize(1);
        assertThat(invoices().gathering(ACME.id())).isEmpty();
        Gathering next = invoices().add(ACME.id(), List.of(item("i3", "5", START)), FEBRUARY);
        assertThat(next.isNew()).isTrue();
        assertThat(next.id()).isEqualTo(id);
    }

    @Test
    void billsOnlyTheItemsThatAreAskedFor() {
        invoices().add(ACME.id(), List.of(item("i1", "5", START), item("i2", "7", START)), START);
        var request = new Settlement.Request(
                START, START, false, Set.of("i2"), request(START).horizon());

        List<Invoice> drafts = invoices().settle(List.of(ACME.id()), request);

        assertThat(drafts.get(0).lines())
                .extracting(line -> line.stored().key())
                .containsExactly("i2");
    }

    @Test
    void gathersTheItemsOfAVoidedInvoiceAgain() {
        Invoice invoice = billed(ACME.id(), "i1", "5", START);
        Invoice other = billed(ACME.id(), "i2", "7", START);
        invoices().issueDue(START, 10);

        invoices().annul(invoice.id(), true, START);
        invoices().annul(other.id(), false, START);

        assertThat(gathering().items()).containsExactly(item("i1", "5", START));
        assertThat(settle(START).get(0).lines().get(0).stored().revision()).isEqualTo(1);
    }

    @Test
    void aLineThatIsAddedToADraftIsBilledOnce() {
        Invoice draft = billed(ACME.id(), "i1", "5", START);
        InvoiceLine line = manualLine("l1");

        Invoice changed = invoices()
                .change(draft.id(), one -> one.with(List.of(one.lines().get(0), line), one.times()));

        assertThat(invoices().find(draft.id())).contains(changed);
        assertThat(changed.net().total().amount()).isEqualByComparingTo("14");
        assertThat(settle(START)).isEmpty();
        assertThat(refusal(() -> invoices().add(ACME.id(), List.of(item("l1", "5", START)), START))
                        .kind())
                .isEqualTo(RefusalKind.CONFLICT);
        invoices().issueDue(START, 10);
        invoices().annul(draft.id(), true, START);
        assertThat(gathering().items()).extracting(BillableItem::key).containsExactlyInAnyOrder("i1", "l1");
    }

    private InvoiceLine manualLine(String key) {
        invoices().add(beta(), List.of(item("other-" + key, "9", START)), START);
        InvoiceLine like =
                invoices().preview(BETA.id(), request(START)).get(0).lines().get(0);
        InvoiceLine.Origin origin = like.stored();
        return new InvoiceLine(
                key,
                like.wording(),
                like.item(),
                like.rated(),
                like.details(),
                null,
                new InvoiceLine.Origin(key, 0, null, origin.service(), origin.owed(), null, null, null));
    }

    private String beta() {
        if (stores.subscribed().house().customers().find(BETA.id()).isEmpty()) {
            stores.subscribed().house().customers().add(BETA);
        }
        return BETA.id();
    }

    @Test
    void refusesItemsThatCannotBeBilled() {
        invoices().add(ACME.id(), List.of(item("i1", "5", START)), START);

        assertThat(refusal(() -> invoices()
                                .add(ACME.id(), List.of(item("i0", "5", START), item("i1", "5", START)), START))
                        .kind())
                .isEqualTo(RefusalKind.CONFLICT);
        assertThat(gathering().items()).hasSize(1);
        assertThat(refusal(() -> invoices().add("none", List.of(item("i2", "5", START)), START))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
        stores.subscribed().house().customers().add(BETA);
        stores.subscribed().house().customers().replace(BETA.deleted(FEBRUARY));
        assertThat(refusal(() -> invoices().add(BETA.id(), List.of(item("i2", "5", START)), START))
                        .kind())
                .isEqualTo(RefusalKind.PRECONDITION_FAILED);
    }

    @Test
    void filters() {
        Invoice first = billed(ACME.id(), "i1", "5", START);
        invoices().issueDue(START, 10);
        Invoice second = billed(ACME.id(), "i2", "5", FEBRUARY);
        Invoice third = billed(beta(), "i3", "5", LATE);
        Invoice deleted = billed(ACME.id(), "i4", "5", LATE);
        invoices().change(deleted.id(), one -> one.deleted(LATE));

        assertThat(ids(search(Set.of(BETA.id()), Set.of(), Between.ANY, Order.CREATED_AT)))
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
        invoices().annul(voided.id(), false, FEBRUARY);
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
