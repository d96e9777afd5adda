package dev.odometer.api.functions.invoices;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.api.functions.invoices.CreatePendingInvoiceLines.Created;
import dev.odometer.api.functions.invoices.InvoicePendingLines.Filters;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingLinesTest extends InvoicesFixture {

    private static final String ID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

    @Test
    void waitForAnInvoiceOfTheirCurrency() {
        Created first = created(pending(ID, flat("5"), FEBRUARY));
        Created second = created(pending(null, flat("7"), FEBRUARY));

        assertThat(first.isInvoiceNew()).isTrue();
        assertThat(first.lines()).extracting(InvoiceLineView::id).containsExactly(ID);
        assertThat(second.isInvoiceNew()).isFalse();
        assertThat(second.lines()).hasSize(1);
        assertThat(second.invoice().id()).isEqualTo(first.invoice().id());
        assertThat(second.invoice().status()).isEqualTo("gathering");
        assertThat(second.invoice().totals().total()).isEqualTo("12.00");
        assertThat(found(first.invoice().id()).totals())
                .isEqualTo(second.invoice().totals());
    }

    @Test
    void areBilledOnceWhenTheyAreDue() {
        Created created = created(pending(null, flat("5"), FEBRUARY));
        now = FEBRUARY;

        InvoiceView draft = draft();

        assertThat(draft.totals().total()).isEqualTo("5.00");
        assertThat(lines(draft).get(0).managedBy()).isEqualTo("manual");
        assertThat(code(() -> invoiced(false))).isEqualTo("invoice_create_no_lines");
        assertThat(refusal(() -> found(created.invoice().id())).kind()).isEqualTo(RefusalKind.NOT_FOUND);
    }

    @Test
    void showTheirUsageSoFar() {
        Created created = created(pending(null, unit("0.10"), FEBRUARY));
        use("2026-01-05T00:00:00Z", "30");
        now = JANUARY.plusSeconds(864_000);

        InvoiceView gathering = found(created.invoice().id());

        assertThat(gathering.totals().total()).isEqualTo("3.00");
        assertThat(lines(gathering).get(0).quantity()).isEqualTo("30");
        assertThat(gathering.statusDetails().availableActions()).containsOnlyKeys("invoice");
    }

    @Test
    void areNotAddedTwice() {
        created(pending(ID, flat("5"), FEBRUARY));

        assertThat(refusal(() -> created(pending(ID, flat("5"), FEBRUARY))).kind())
                .isEqualTo(RefusalKind.CONFLICT);
        String other = "01ARZ3NDEKTSV4RRFFQ69G5FAW";
        assertThat(refusal(() -> created(pending(other, flat("5"), FEBRUARY), pending(other, flat("5"), FEBRUARY)))
                        .detail())
                .isEqualTo("lines must have different ids: " + other);
    }

    @Test
    void inArrearsAreDueAtTheEndOfTheirPeriod() {
        assertThat(refusal(() -> created(pending(null, unit("1"), JANUARY))).detail())
                .startsWith("lines[0].invoiceAt must not be before period.to");
        assertThat(created(pending(null, flat("1"), JANUARY)).lines()).hasSize(1);
    }

    @Test
    void canBeInvoicedSelectively() {
        created(pending(ID, flat("5"), JANUARY), pending(null, flat("7"), JANUARY));

        InvoiceView draft = invoice.apply(new InvoicePendingLines.Input("acme", null, new Filters(List.of(ID)), null))
                .get(0);

        assertThat(draft.totals().total()).isEqualTo("5.00");
    }

    @Test
    void thatAreNotDueAreNotInvoiced() {
        created(pending(ID, flat("5"), FEBRUARY), pending(null, flat("7"), JANUARY));
        var some = new InvoicePendingLines.Input("acme", null, new Filters(List.of(ID)), null);
        var none = new InvoicePendingLines.Input("acme", null, new Filters(List.of()), null);

        assertThat(code(() -> invoice.apply(some))).isEqualTo("invoice_lines_not_billable");
        assertThat(code(() -> invoice.apply(none))).isEqualTo("invoice_lines_not_billable");
        assertThat(draft().totals().total()).isEqualTo("7.00");
    }

    @Test
    void areNotInvoicedAheadOfTime() {
        var input = new InvoicePendingLines.Input("acme", FEBRUARY, null, null);

        assertThat(refusal(() -> invoice.apply(input)).detail())
                .isEqualTo("asOf must not be in the future: 2026-02-01T00:00:00Z");
    }

    @Test
    void ofUsageAreBilledInPartsIfRequested() {
        created(pending(null, unit("0.10"), FEBRUARY));
        use("2026-01-05T00:00:00Z", "30");
        now = JANUARY.plusSeconds(864_000);

        assertThat(code(() -> invoiced(false))).isEqualTo("invoice_create_no_lines");
        InvoiceView first = invoiced(null).get(0);
        use("2026-01-20T00:00:00Z", "12");
        now = now.plusSeconds(1);
        new SnapshotQuantitiesInvoice(access).apply(new SnapshotQuantitiesInvoice.Input(first.id()));
        now = FEBRUARY;
        InvoiceView second = draft();

        assertThat(first.totals().total()).isEqualTo("3.00");
        assertThat(second.totals().total()).isEqualTo("1.20");
        assertThat(lines(second).get(0).preLinePeriodQuantity()).isEqualTo("30");
    }

    @Test
    void arePreviewedWithoutBeingStored() {
        created(pending(null, flat("5"), JANUARY));
        var preview = new PreviewInvoice(ports.customerLookup, ports.invoices, requests);

        InvoiceView previewed =
                preview.apply(new PreviewInvoice.Input("acme", null, null)).get(0);

        assertThat(previewed.totals().total()).isEqualTo("5.00");
        assertThat(previewed.statusDetails().availableActions()).isEmpty();
        assertThat(draft().totals()).isEqualTo(previewed.totals());
        assertThat(preview.apply(new PreviewInvoice.Input("acme", null, null))).isEmpty();
    }

    @Test
    void requireAnExistingCustomerFeatureAndCurrency() {
        var unknown = new CreatePendingInvoiceLines.Input("none", "USD", List.of(pending(null, flat("1"), JANUARY)));
        var currency = new CreatePendingInvoiceLines.Input("acme", "XXX", List.of(pending(null, flat("1"), JANUARY)));
        var empty = new CreatePendingInvoiceLines.Input("acme", "USD", List.of());
        ports.features.archive("f-tokens", JANUARY);

        assertThat(refusal(() -> create.apply(unknown)).kind()).isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refusal(() -> create.apply(currency)).detail()).startsWith("currency");
        assertThat(refusal(() -> create.apply(empty)).detail()).isEqualTo("lines must have 1 to 1000 items: 0");
        assertThat(code(() -> created(pending(null, unit("1"), FEBRUARY)))).isEqualTo("rate_card_feature_archived");
    }
}
