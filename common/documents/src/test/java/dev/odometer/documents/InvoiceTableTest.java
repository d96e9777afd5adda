package dev.odometer.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.invoice.InvoiceLine;
import dev.odometer.metering.money.Money;
import dev.odometer.metering.pricing.Price;
import dev.odometer.metering.pricing.Pricing;
import dev.odometer.metering.pricing.UsageSplit;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;

class InvoiceTableTest {

    private static final Currency EUR = Currency.getInstance("EUR");

    /** Quantity, unit price, discount and net amount of each row. */
    private static List<String> rows(SampleInvoice invoice) {
        return InvoiceTable.cells(invoice.document()).stream()
                .map(row -> String.join(" ", row.subList(12, 16)))
                .toList();
    }

    @Test
    void hasARowForEachCharge() {
        InvoiceLine line = SampleLine.of("API calls", SamplePrices.graduated(), EUR, "101");

        List<List<String>> cells = InvoiceTable.cells(SampleInvoice.of(line).document());

        assertThat(cells).hasSize(3).allMatch(row -> row.size() == InvoiceTable.COLUMNS.size());
        assertThat(cells.get(0))
                .containsExactly(
                        "01ARZ3NDEKTSV4RRFFQ69G5FB0",
                        "standard",
                        "INV-2",
                        "2026-12-01T06:30:00Z",
                        "2026-12-31T00:00:00Z",
                        "acme",
                        "FR40303265045",
                        line.id(),
                        "API calls: usage in tier 1",
                        "api_calls",
                        "2026-11-01T00:00:00Z",
                        "2026-12-01T00:00:00Z",
                        "100",
                        "0.1",
                        "0.00",
                        "10.00",
                        "S",
                        "19",
                        "EUR");
    }

    @Test
    void showsDiscounts() {
        Pricing pricing =
                SamplePrices.committed(SamplePrices.discounted(SamplePrices.unit("0.123"), "10", null), null, "90");

        assertThat(rows(SampleInvoice.of(SampleLine.of("Calls", pricing, EUR, "1000"))))
                .containsExactly("1000 0.123 33.00 90.00");
    }

    @Test
    void creditsAreNegative() {
        InvoiceLine billed = SampleLine.of("Calls", SamplePrices.unit("0.5"), EUR, "10");
        SampleInvoice credit = SampleInvoice.of(SampleLine.correction(billed, "4", "invoice-1"));

        assertThat(rows(credit)).containsExactly("-6 0.5 0.00 -3.00");
        assertThat(InvoiceTable.cells(credit.document()).get(0).get(1)).isEqualTo("credit_note");
    }

    /** The cumulative amounts are 0.33 and 0.67. */
    @Test
    void chargesAnAmountOnceThatIsNotTheProduct() {
        var second = new UsageSplit(BigDecimal.ONE, BigDecimal.ONE, false, true);

        assertThat(rows(SampleInvoice.of(SampleLine.part("Calls", SamplePrices.unit("0.333"), EUR, second))))
                .containsExactly("1 0.34 0.00 0.34");
    }

    @Test
    void chargesTheValueOfADynamicPriceOnce() {
        Pricing dynamic = Pricing.of(new Price.Dynamic(new BigDecimal("1.33333")));

        assertThat(rows(SampleInvoice.of(SampleLine.of("Tokens", dynamic, EUR, "10"))))
                .containsExactly("1 13.33 0.00 13.33");
    }

    @Test
    void showsALineThatChargesNothing() {
        assertThat(rows(SampleInvoice.of(SampleLine.of("Free", null, EUR, "7"))))
                .containsExactly("7 0 0.00 0.00");
    }

    @Test
    void aDraftIsNeitherIssuedNorDue() {
        SampleInvoice draft = SampleInvoice.of(SampleLine.of("Fee", SamplePrices.fee("1"), EUR, "1"))
                .draft();

        assertThat(InvoiceTable.cells(draft.document()).get(0).subList(2, 5))
                .containsExactly("DRAFT-01ARZ3NDEKTSV4RRFFQ69G5FB0", "", "");
    }

    @Test
    void netAmountsAddUpToTheInvoice() {
        SampleInvoice invoice = SampleInvoice.of(
                SampleLine.of("Calls", SamplePrices.graduated(), EUR, "12345"),
                SampleLine.of("Fee", SamplePrices.fee("49"), EUR, "1"));

        Money sum = invoice.document().positions().stream().map(Position::net).reduce(Money.zero(EUR), Money::plus);

        assertThat(sum).isEqualTo(invoice.invoice().net().total());
    }
}
