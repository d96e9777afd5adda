package dev.odometer.metering.invoice;

import static dev.odometer.metering.invoice.InvoiceExamples.item;
import static dev.odometer.metering.invoice.InvoiceExamples.request;
import static dev.odometer.metering.subscription.SubscriptionExamples.ACME;
import static dev.odometer.metering.subscription.SubscriptionExamples.TOKENS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.invoice.InvoiceSearch.Order;
import dev.odometer.metering.invoice.Invoices.Gathering;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The contract of {@link Invoices}: items that are added by hand. One subclass per store. */
public abstract class GatheringContract extends InvoiceFixture {

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
    void billsLateUsageOfAGatheredItem() {
        use("2026-01-05T00:00:00Z", "30");
        invoices().add(ACME.id(), List.of(usageItem()), START);
        invoices().settleDue(request(FEBRUARY), 10);
        invoices().collectDue(request(COLLECTED), 10);
        use("2026-01-06T00:00:00Z", "5");

        assertThat(invoices().settleDue(request(MARCH), 10)).isEqualTo(1);

        assertThat(InvoiceListContract.list(invoices(), Order.CREATED_AT))
                .extracting(one -> one.net().total().amount().toPlainString())
                .containsExactly("3.00", "0.50");
    }

    private static BillableItem usageItem() {
        BillableItem fee = item("i1", "5", FEBRUARY);
        var pricing = Pricing.of(new Price.PerUnit(new BigDecimal("0.10")));
        return new BillableItem(
                fee.key(),
                fee.currency(),
                fee.wording(),
                new InvoiceLine.Item(fee.item().period(), FEBRUARY, pricing, pricing.discounts(), TOKENS.key(), null),
                TOKENS.id(),
                null);
    }

    @Test
    void billsOnlyTheRequestedItems() {
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

        invoices().annul(invoice.id(), new Annulment("a test", true), START);
        invoices().annul(other.id(), new Annulment("a test", false), START);

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
        invoices().annul(draft.id(), new Annulment("a test", true), START);
        assertThat(gathering().items()).extracting(BillableItem::key).containsExactlyInAnyOrder("i1", "l1");
    }

    private InvoiceLine manualLine(String key) {
        invoices().add(beta(), List.of(item("other-" + key, "9", START)), START);
        InvoiceLine like = invoices()
                .preview(InvoiceExamples.BETA.id(), request(START))
                .get(0)
                .lines()
                .get(0);
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
        stores.subscribed().house().customers().add(InvoiceExamples.BETA);
        stores.subscribed().house().customers().replace(InvoiceExamples.BETA.deleted(FEBRUARY));
        assertThat(refusal(() -> invoices().add(InvoiceExamples.BETA.id(), List.of(item("i2", "5", START)), START))
                        .kind())
                .isEqualTo(RefusalKind.PRECONDITION_FAILED);
    }
}
