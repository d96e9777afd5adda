package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.CardDiscounts;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.views.DetailedLineView;
import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import java.math.BigDecimal;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SimulateInvoiceTest extends SimulationFixture {

    @Test
    void chargesEachTierOnALineOfItsOwn() {
        InvoiceView invoice = invoice(line(GRADUATED, "101"));

        assertThat(invoice.totals().total()).isEqualTo("15.05");
        assertThat(lines(invoice).get(0).children())
                .extracting(
                        DetailedLineView::name,
                        DetailedLineView::quantity,
                        DetailedLineView::perUnitAmount,
                        child -> child.totals().total())
                .containsExactly(
                        tuple("API calls: usage in tier 1", "100", "0.1", "10.00"),
                        tuple("API calls: flat price for tier 1", "1", "5", "5.00"),
                        tuple("API calls: usage in tier 2", "1", "0.05", "0.05"));
    }

    @Test
    void isADraftThatNothingCanBeDoneWith() {
        InvoiceView invoice = invoice(line(GRADUATED, "101"));

        assertThat(invoice.number()).isEqualTo("INV-SIMULATED");
        assertThat(invoice.status()).isEqualTo("draft");
        assertThat(invoice.statusDetails().extendedStatus()).isEqualTo("draft.created");
        assertThat(invoice.statusDetails().availableActions()).isEmpty();
        assertThat(invoice.customer().id()).isEqualTo(acme.id());
        assertThat(invoice.period().from()).isEqualTo(FROM);
        assertThat(invoice.period().to()).isEqualTo(TO);
    }

    @Test
    void acceptsThePriceInARateCard() {
        var card = new Card("api_calls", null, Optional.of(GRADUATED), null);

        InvoiceView invoice = invoice(card(card, "101", null));

        assertThat(invoice.totals().total()).isEqualTo("15.05");
        assertThat(lines(invoice).get(0).featureKey()).isEqualTo("api_calls");
    }

    @Test
    void showsDiscountsByTheirReason() {
        var discounts = new CardDiscounts(
                new CardDiscounts.Percentage(new BigDecimal(50), null), new CardDiscounts.Usage("10", null));
        var price = new PriceDraft("unit", "1", null, null, null, null, null, null, "3");

        InvoiceLineView line = lines(
                        invoice(card(new Card("api_calls", null, Optional.of(price), discounts), "20", null)))
                .get(0);

        assertThat(line.quantity()).isEqualTo("10");
        assertThat(line.meteredQuantity()).isEqualTo("20");
        assertThat(Objects.requireNonNull(line.discounts()).usage())
                .extracting(InvoiceLineView.UsageDiscount::quantity)
                .containsExactly("10");
        assertThat(Objects.requireNonNull(line.children().get(0).discounts()).amount())
                .extracting(discount -> discount.reason().get("type") + " " + discount.amount())
                .containsExactly("ratecard_percentage 5.00", "maximum_spend 2.00");
        assertThat(line.totals().discountsTotal()).isEqualTo("7.00");
        assertThat(line.totals().total()).isEqualTo("3.00");
    }

    @Test
    void countsTheMinimumAsACharge() {
        var price = new PriceDraft("unit", "1", null, null, null, null, null, "30", null);

        InvoiceLineView line = lines(invoice(line(price, "20"))).get(0);

        assertThat(line.totals().amount()).isEqualTo("20.00");
        assertThat(line.totals().chargesTotal()).isEqualTo("10.00");
        assertThat(line.children())
                .extracting(child -> child.name() + " " + child.category())
                .containsExactly("API calls: usage in period regular", "API calls: minimum spend commitment");
    }

    @Test
    void needsNoFeatureForAFlatPrice() {
        var flat = new PriceDraft("flat", "10", null, null, null, null, null, null, null);

        DetailedLineView child =
                lines(invoice(line(flat, "1", null))).get(0).children().get(0);

        assertThat(child.name()).isEqualTo("API calls");
        assertThat(child.paymentTerm()).isEqualTo("in_advance");
        assertThat(child.totals().total()).isEqualTo("10.00");
    }

    @Test
    void hasNoChargeWithoutAPrice() {
        InvoiceLineView line = lines(invoice(card(new Card(null, null, Optional.empty(), null), "5", null)))
                .get(0);

        assertThat(line.children()).isEmpty();
        assertThat(line.totals().total()).isEqualTo("0.00");
    }

    @Property(tries = 200)
    void splitsAddUpToTheWhole(@ForAll @IntRange(max = 2000) int before, @ForAll @IntRange(max = 2000) int quantity) {
        var card = new Card("api_calls", null, Optional.of(GRADUATED), null);
        BigDecimal whole = total(invoice(card(card, String.valueOf(before + quantity), null)));
        BigDecimal first = total(invoice(card(card, String.valueOf(before), null)));

        InvoiceView second = invoice(card(card, String.valueOf(quantity), String.valueOf(before)));

        // The flat price of tier 1 is due at a quantity of 0 too, so a split after 0 is the first one.
        assertThat(before == 0 ? total(second) : first.add(total(second))).isEqualTo(whole);
        assertThat(lines(second).get(0).children().stream()
                        .map(child -> new BigDecimal(child.totals().total()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(total(second));
    }

    private static BigDecimal total(InvoiceView invoice) {
        return new BigDecimal(invoice.totals().total());
    }
}
