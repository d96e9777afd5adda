package dev.odometer.api.functions.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.Period;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.profiles.PartyDraft;
import dev.odometer.api.functions.profiles.WorkflowDraft;
import dev.odometer.views.BillingAddress;
import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import dev.odometer.views.TaxId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UpdateInvoiceTest extends InvoicesFixture {

    @BeforeEach
    void subscribe() {
        subscribed();
        approvedByHand();
    }

    /** A draft with the fee of February and the tokens of January. */
    private InvoiceView two() {
        draft();
        use("2026-01-05T00:00:00Z", "30");
        now = FEBRUARY;
        return draft();
    }

    private InvoiceView collected() {
        return new SnapshotQuantitiesInvoice(access).apply(new SnapshotQuantitiesInvoice.Input(two().id()));
    }

    private static InvoiceLineDraft added(PriceDraft price, @Nullable String feature) {
        return new InvoiceLineDraft(
                null, "Support", null, null, new Period(JANUARY, FEBRUARY), FEBRUARY, price, null, feature, null);
    }

    @Test
    void aDiscountLowersTheLineAndIsNotChargedLater() {
        InvoiceView draft = draft();

        InvoiceView updated = updated(draft, discounted(line(draft, "Name of fee"), "50"));

        assertThat(updated.totals().discountsTotal()).isEqualTo("50.00");
        assertThat(updated.totals().total()).isEqualTo("50.00");
        assertThat(found(draft.id())).isEqualTo(updated);
        issued(updated);
        assertThat(code(() -> invoiced(false))).isEqualTo("invoice_create_no_lines");
    }

    @Test
    void aDiscountIsRemovedWithTheRateCardsDiscounts() {
        InvoiceView draft = draft();
        InvoiceView discounted = updated(draft, discounted(line(draft, "Name of fee"), "50"));

        InvoiceView updated = updated(discounted, unchanged(line(discounted, "Name of fee")));

        assertThat(updated.totals()).isEqualTo(draft.totals());
    }

    @Test
    void aPriceWithoutARateCardKeepsTheDiscount() {
        InvoiceView draft = draft();
        InvoiceView discounted = updated(draft, discounted(line(draft, "Name of fee"), "50"));
        InvoiceLineDraft same = unchanged(line(discounted, "Name of fee"));

        InvoiceView updated = updated(
                discounted,
                new InvoiceLineDraft(
                        same.id(),
                        "Reduced fee",
                        "As agreed",
                        Map.of("a", "b"),
                        same.period(),
                        same.invoiceAt(),
                        same.price(),
                        null,
                        null,
                        null));

        assertThat(updated.totals().total()).isEqualTo("50.00");
        assertThat(line(updated, "Reduced fee").metadata()).containsEntry("a", "b");
    }

    @Test
    void theDiscountOfUsageNeedsItsCollection() {
        InvoiceView draft = two();
        InvoiceLineDraft[] edits = {
            unchanged(line(draft, "Name of fee")), discounted(line(draft, "Name of tokens"), "50"),
        };

        assertThat(refusal(() -> updated(draft, edits)).detail())
                .startsWith(
                        "lines[1].rateCard.discounts cannot be changed before the usage of the invoice is collected");
        new SnapshotQuantitiesInvoice(access).apply(new SnapshotQuantitiesInvoice.Input(draft.id()));
        assertThat(updated(draft, edits).totals().total()).isEqualTo("101.50");
    }

    @Test
    void anOmittedLineIsRemovedAndNotBilledLater() {
        InvoiceView draft = collected();

        InvoiceView updated = updated(draft, unchanged(line(draft, "Name of tokens")));

        assertThat(updated.totals().total()).isEqualTo("3.00");
        assertThat(lines(updated)).extracting(InvoiceLineView::name).containsExactly("Name of tokens");
        InvoiceView all = get.apply(new GetInvoice.Input(draft.id(), null, true));
        assertThat(line(all, "Name of fee").deletedAt()).isEqualTo(FEBRUARY);
        issued(updated);
        assertThat(code(() -> invoiced(false))).isEqualTo("invoice_create_no_lines");
    }

    @Test
    void aRemovedLineStaysRemovedWhenUsageIsCollected() {
        InvoiceView draft = two();
        updated(draft, unchanged(line(draft, "Name of fee")));

        InvoiceView collected =
                new SnapshotQuantitiesInvoice(access).apply(new SnapshotQuantitiesInvoice.Input(draft.id()));

        assertThat(lines(collected)).extracting(InvoiceLineView::name).containsExactly("Name of fee");
    }

    @Test
    void oneLineMustStay() {
        InvoiceView draft = draft();

        assertThat(refusal(() -> updated(draft)).detail()).startsWith("an invoice must keep at least one line");
    }

    @Test
    void aFeeCanBeAdded() {
        InvoiceView draft = draft();

        InvoiceView updated = updated(draft, unchanged(line(draft, "Name of fee")), added(flat("25"), null));

        assertThat(updated.totals().total()).isEqualTo("125.00");
        assertThat(line(updated, "Support").managedBy()).isEqualTo("manual");
        issued(updated);
        assertThat(code(() -> invoiced(false))).isEqualTo("invoice_create_no_lines");
    }

    @Test
    void aLineWithUsageCanBeAdded() {
        InvoiceView draft = collected();

        InvoiceView updated = updated(
                draft,
                unchanged(line(draft, "Name of fee")),
                unchanged(line(draft, "Name of tokens")),
                added(unit("1"), "tokens"));

        assertThat(line(updated, "Support").quantity()).isEqualTo("30");
        assertThat(updated.totals().total()).isEqualTo("133.00");
    }

    @Test
    void whatAnExistingLineBillsIsFixed() {
        InvoiceView draft = draft();
        InvoiceLineDraft same = unchanged(line(draft, "Name of fee"));

        assertThat(refusal(() -> updated(draft, with(same, new Period(JANUARY, MARCH), flat("100"))))
                        .detail())
                .startsWith("lines[0].period of an existing line cannot be changed");
        assertThat(refusal(() -> updated(draft, with(same, same.period(), flat("90"))))
                        .detail())
                .startsWith("lines[0].rateCard.price of an existing line cannot be changed");
    }

    private static InvoiceLineDraft with(InvoiceLineDraft line, @Nullable Period period, PriceDraft price) {
        return new InvoiceLineDraft(
                line.id(),
                line.name(),
                null,
                null,
                period,
                line.invoiceAt(),
                null,
                new Card(null, null, Optional.of(price), null),
                null,
                null);
    }

    @Test
    void aLineIsNamedOnce() {
        InvoiceView draft = draft();
        InvoiceLineDraft same = unchanged(line(draft, "Name of fee"));
        InvoiceView other = issued(draft);

        assertThat(code(() -> updated(other, same))).isEqualTo("invoice_cannot_be_edited");
        now = FEBRUARY;
        InvoiceView next = draft();
        assertThat(refusal(() -> updated(next, same)).detail())
                .isEqualTo("lines[0].id is not a line of the invoice: " + same.id());
        InvoiceLineDraft fee = unchanged(line(next, "Name of fee"));
        assertThat(refusal(() -> updated(next, fee, fee)).detail())
                .isEqualTo("lines[1].id must differ from that of the other lines: " + fee.id());
    }

    @Test
    void invalidDiscountsAreRefused() {
        InvoiceView draft = draft();

        assertThat(code(() -> updated(draft, discounted(line(draft, "Name of fee"), "101"))))
                .isEqualTo("percentage_discount_invalid_value");
    }

    @Test
    void partiesTermsAndTextsCanChange() {
        InvoiceView draft = draft();
        var address = new BillingAddress("DE", "10115", null, "Berlin", "Street 1", null, null);
        var workflow = new UpdateInvoice.WorkflowChange(new UpdateInvoice.WorkflowSettings(
                new WorkflowDraft.Invoicing(true, "P1D", "P14D", null, null),
                new WorkflowDraft.Payment("send_invoice")));

        InvoiceView updated = update.apply(new UpdateInvoice.Input(
                draft.id(),
                "Thank you",
                Map.of("po", "4711"),
                new PartyDraft("s", "Seller", new TaxId("DE123"), List.of(address)),
                new PartyDraft("acme", "Acme Inc.", new TaxId("ATU1"), List.of(address)),
                workflow,
                List.of(unchanged(line(draft, "Name of fee")))));

        assertThat(updated.description()).isEqualTo("Thank you");
        assertThat(updated.metadata()).containsEntry("po", "4711");
        assertThat(updated.supplier().taxId()).isEqualTo(new TaxId("DE123"));
        assertThat(updated.customer().name()).isEqualTo("Acme Inc.");
        assertThat(updated.customer().taxId()).isEqualTo(new TaxId("ATU1"));
        assertThat(Objects.requireNonNull(updated.customer().addresses())).containsExactly(address);
        assertThat(updated.workflow().workflow().invoicing().dueAfter()).isEqualTo("P14D");
        assertThat(updated.statusDetails().extendedStatus()).isEqualTo("draft.waiting_auto_approval");
        assertThat(updated.totals()).isEqualTo(draft.totals());
    }

    @Test
    void theCustomersKeyIsFixed() {
        InvoiceView draft = draft();
        var input = new UpdateInvoice.Input(
                draft.id(), null, null, null, new PartyDraft("other", "Acme", null, null), null, List.of());

        assertThat(refusal(() -> update.apply(input)).detail()).isEqualTo("customer.key cannot be changed: other");
    }

    @Test
    void aMalformedAddressIsNamed() {
        InvoiceView draft = draft();
        var address = new BillingAddress("Germany", null, null, null, null, null, null);
        var input = new UpdateInvoice.Input(
                draft.id(),
                null,
                null,
                new PartyDraft(null, "Seller", null, List.of(address)),
                null,
                null,
                List.of(unchanged(line(draft, "Name of fee"))));

        assertThat(refusal(() -> update.apply(input)).detail())
                .startsWith("supplier.addresses[0].country must be two capital letters");
    }
}
