package dev.odometer.metering.invoice;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.pricing.Discounts;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionExamples;
import dev.odometer.metering.subscription.Timing;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What settlements do after a user has edited a draft. */
class InvoiceEditTest extends InvoiceFixture {

    private static final Discounts HALF = new Discounts(new BigDecimal(50), null);
    private static final Instant MIDDLE = Instant.parse("2026-01-16T12:00:00Z");

    private final Supplier<String> ids = SubscriptionExamples.ids("edit");

    @Override
    protected InvoiceStores empty() {
        return InvoiceStores.inMemory();
    }

    private Invoice edited(Invoice draft, UnaryOperator<InvoiceLine> change, Instant now) {
        return invoices()
                .change(
                        draft.id(),
                        stored -> new InvoiceEdit(
                                        stored.parties(),
                                        stored.terms().workflow(),
                                        stored.note(),
                                        stored.lines().stream().map(change).toList())
                                .of(stored, now));
    }

    private void cancelled(Subscription subscription, Instant at) {
        stores.subscribed()
                .subscriptions()
                .change(subscription.id(), stored -> stored.canceled(Timing.parse("immediate"), at));
    }

    @Test
    void aDiscountOnALineThatWasAddedByHandIsKept() {
        invoices().add(SubscriptionExamples.ACME.id(), List.of(InvoiceExamples.item("i1", "25", START)), START);

        Invoice draft = edited(settle(START).get(0), line -> line.discounted(HALF, ids), START);

        assertThat(draft.total().amount()).isEqualByComparingTo("12.50");
        assertThat(settle(FEBRUARY)).isEmpty();
    }

    @Test
    void aCancelledFeeIsCreditedWithWhatWasCharged() {
        Subscription subscription = subscribed();
        edited(settle(START).get(0), line -> line.discounted(HALF, ids), START);
        cancelled(subscription, START);

        Invoice credit = settle(START.plusSeconds(60)).get(0);

        assertThat(credit.kind()).isEqualTo(Invoice.Kind.CREDIT_NOTE);
        assertThat(credit.total().amount()).isEqualByComparingTo("-24.99");
        assertThat(settle(START.plusSeconds(120))).isEmpty();
    }

    @Test
    void aDiscountLowersTheCreditOfAPartInProportion() {
        Subscription subscription = subscribed();
        edited(settle(START).get(0), line -> line.discounted(HALF, ids), START);
        cancelled(subscription, MIDDLE);

        Invoice credit = settle(MIDDLE).get(0);

        assertThat(credit.total().amount()).isEqualByComparingTo("-12.49");
        assertThat(settle(MIDDLE.plusSeconds(60))).isEmpty();
    }

    @Test
    void aFeeThatWasRemovedIsNotCredited() {
        Subscription subscription = subscribed();
        invoices().add(SubscriptionExamples.ACME.id(), List.of(InvoiceExamples.item("i1", "25", START)), START);
        edited(settle(START).get(0), line -> line.stored().source() == null ? line : line.deleted(START), START);
        cancelled(subscription, MIDDLE);

        assertThat(totals(settle(MIDDLE).get(0))).containsExactly("0.00");
    }

    @Test
    void aLineThatIsBilledAgainCanHaveADiscount() {
        subscribed();
        Invoice voided = invoices().approve(settle(START).get(0).id(), START);
        invoices().annul(voided.id(), new Annulment("a test", true), START);

        Invoice draft = edited(settle(START).get(0), line -> line.discounted(HALF, ids), START);

        assertThat(draft.total().amount()).isEqualByComparingTo("24.99");
    }
}
