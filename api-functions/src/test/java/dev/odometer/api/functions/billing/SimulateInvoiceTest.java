package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.billing.SimulatedLineDraft.Card;
import dev.odometer.api.functions.billing.SimulatedLineDraft.Period;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.pricing.DiscountsDraft;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.PriceDraft.Component;
import dev.odometer.api.functions.pricing.PriceDraft.TierDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Meter;
import dev.odometer.views.DetailedLineView;
import dev.odometer.views.InvoiceLineView;
import dev.odometer.views.InvoiceView;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulateInvoiceTest {

    private static final Instant FROM = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant TO = Instant.parse("2026-12-01T00:00:00Z");
    private static final PriceDraft GRADUATED = tiered(
            "graduated",
            new TierDraft(Optional.of("100"), new Component("flat", "5"), new Component("unit", "0.1")),
            new TierDraft(Optional.of("1000"), null, new Component("unit", "0.05")),
            new TierDraft(null, null, new Component("unit", "0.01")));

    private final ApiFixture fixture = new ApiFixture();
    private final Customer acme = fixture.customer("acme", "a1");
    private final SimulateInvoice simulate = new SimulateInvoice(
            fixture.customerLookup, new FeatureLookup(fixture.features), fixture.ids, fixture.clock);

    SimulateInvoiceTest() {
        Meter tokens = fixture.tokens();
        fixture.features.add(Examples.feature("api_calls", tokens, Map.of()));
        fixture.features.add(Examples.feature("sso"));
        fixture.features.add(Examples.feature("old", tokens, Map.of()));
        fixture.features.archive("f-old", ApiFixture.NOW);
    }

    private static PriceDraft tiered(String mode, TierDraft... tiers) {
        return new PriceDraft("tiered", null, null, mode, List.of(tiers), null, null, null, null);
    }

    private static PriceDraft unit(String amount) {
        return new PriceDraft("unit", amount, null, null, null, null, null, null, null);
    }

    private static SimulatedLineDraft line(PriceDraft price, String quantity) {
        return line(price, quantity, "api_calls");
    }

    private static SimulatedLineDraft line(PriceDraft price, String quantity, @Nullable String featureKey) {
        return new SimulatedLineDraft(
                null, "API calls", null, null, new Period(FROM, TO), TO, quantity, null, price, null, featureKey, null);
    }

    private static SimulatedLineDraft card(Card card, String quantity, @Nullable String before) {
        return new SimulatedLineDraft(
                null, "API calls", null, null, new Period(FROM, TO), TO, quantity, before, null, card, null, null);
    }

    private InvoiceView invoice(SimulatedLineDraft... lines) {
        return simulate.apply(new SimulateInvoice.Input("acme", "USD", null, List.of(lines)));
    }

    private Refusal refusal(SimulatedLineDraft... lines) {
        return catchThrowableOfType(Refusal.class, () -> invoice(lines));
    }

    @Test
    void chargesEachTierOnALineOfItsOwn() {
        InvoiceView invoice = invoice(line(GRADUATED, "101"));

        assertThat(invoice.totals().total()).isEqualTo("15.05");
        assertThat(invoice.lines().get(0).children())
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
        assertThat(invoice.lines().get(0).featureKey()).isEqualTo("api_calls");
    }

    @Test
    void showsDiscountsByTheirReason() {
        var discounts =
                new DiscountsDraft(new DiscountsDraft.Percentage(new BigDecimal(50)), new DiscountsDraft.Usage("10"));
        var price = new PriceDraft("unit", "1", null, null, null, null, null, null, "3");

        InvoiceLineView line = invoice(card(new Card("api_calls", null, Optional.of(price), discounts), "20", null))
                .lines()
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

        InvoiceLineView line = invoice(line(price, "20")).lines().get(0);

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
                invoice(line(flat, "1", null)).lines().get(0).children().get(0);

        assertThat(child.name()).isEqualTo("API calls");
        assertThat(child.paymentTerm()).isEqualTo("in_advance");
        assertThat(child.totals().total()).isEqualTo("10.00");
    }

    @Test
    void hasNoChargeWithoutAPrice() {
        InvoiceLineView line = invoice(card(new Card(null, null, Optional.empty(), null), "5", null))
                .lines()
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
        assertThat(second.lines().get(0).children().stream()
                        .map(child -> new BigDecimal(child.totals().total()))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo(total(second));
    }

    private static BigDecimal total(InvoiceView invoice) {
        return new BigDecimal(invoice.totals().total());
    }

    @Test
    void namesThePlaceOfAnInvalidMember() {
        PriceDraft price = tiered(
                "graduated",
                new TierDraft(Optional.of("1"), null, new Component("unit", "1")),
                new TierDraft(null, null, new Component("unit", "-1")));

        assertThat(refusal(line(unit("1"), "1"), line(price, "1")).detail())
                .isEqualTo("lines[1].price.tiers[1]: unitPrice.amount must not be negative: -1");
        assertThat(refusal(card(new Card("api_calls", null, Optional.of(price), null), "1", null))
                        .detail())
                .startsWith("lines[0].rateCard.price.tiers[1]: unitPrice.amount");
        assertThat(refusal(line(unit("1"), "1e3")).detail()).startsWith("lines[0].quantity must be a string");
    }

    @Test
    void namesTheRulesThatPricesBreakByTheirCodes() {
        PriceDraft closed = tiered("volume", new TierDraft(Optional.of("1"), null, new Component("unit", "1")));
        var inverted = new PriceDraft("unit", "1", null, null, null, null, null, "2", "1");

        Refusal refusal = refusal(line(closed, "1"), line(inverted, "1", "sso"));

        assertThat(refusal.detail()).isEqualTo("lines[0].price: one tier must have no upToAmount");
        assertThat(refusal.violations())
                .extracting(violation -> violation.field() + " " + violation.code())
                .containsExactly(
                        "$.lines[0].price price_tiers_without_open_tier",
                        "$.lines[1].price price_minimum_above_maximum",
                        "$.lines[1].featureKey usage_based_price_with_feature_and_no_meter");
    }

    @ParameterizedTest
    @CsvSource({
        ", usage_based_price_with_no_feature",
        "sso, usage_based_price_with_feature_and_no_meter",
        "unknown, rate_card_feature_not_found",
        "old, rate_card_feature_archived"
    })
    void needsAFeatureWithAMeterForAPriceByUsage(@Nullable String key, String code) {
        assertThat(refusal(line(unit("1"), "1", key)).violations())
                .extracting(Refusal.Violation::code)
                .containsExactly(code);
    }

    @Test
    void refusesTwoLinesWithOneId() {
        SimulatedLineDraft line = new SimulatedLineDraft(
                "01ARZ3NDEKTSV4RRFFQ69G5FAV",
                "API calls",
                null,
                null,
                new Period(FROM, TO),
                TO,
                "1",
                null,
                unit("1"),
                null,
                "api_calls",
                null);

        assertThat(refusal(line, line).detail()).startsWith("lines[1].id must differ");
    }

    @Test
    void refusesBothFormsOfAPrice() {
        var both = new SimulatedLineDraft(
                null,
                "API calls",
                null,
                null,
                new Period(FROM, TO),
                TO,
                "1",
                null,
                unit("1"),
                new Card("api_calls", null, Optional.of(unit("1")), null),
                null,
                null);

        assertThat(refusal(both).detail()).isEqualTo("lines[0].price or rateCard is required, not both");
    }

    @Test
    void refusesTooManyLinesAndCharges() {
        SimulatedLineDraft line = line(unit("1"), "1");
        TierDraft[] tiers = new TierDraft[1000];
        for (int i = 0; i < tiers.length; i++) {
            Optional<String> bound = i == 999 ? Optional.empty() : Optional.of(String.valueOf(i + 1));
            tiers[i] = new TierDraft(bound, new Component("flat", "1"), new Component("unit", "1"));
        }
        SimulatedLineDraft wide = line(tiered("graduated", tiers), "1000");

        assertThatThrownBy(() ->
                        simulate.apply(new SimulateInvoice.Input("acme", "USD", null, Collections.nCopies(1001, line))))
                .hasMessage("lines must have 1 to 1000 items: 1001");
        assertThatThrownBy(() ->
                        simulate.apply(new SimulateInvoice.Input("acme", "USD", null, Collections.nCopies(6, wide))))
                .hasMessageStartingWith("the invoice has more than 10000 charges");
    }

    @Test
    void refusesCustomersThatAreUnknownOrDeleted() {
        Customer gone = fixture.customer("gone");
        fixture.customers.replace(gone.deleted(ApiFixture.NOW));
        List<@Nullable SimulatedLineDraft> lines = List.of(line(unit("1"), "1"));

        assertThat(catchThrowableOfType(
                                Refusal.class,
                                () -> simulate.apply(new SimulateInvoice.Input("unknown", "USD", null, lines)))
                        .kind())
                .isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(catchThrowableOfType(
                                Refusal.class,
                                () -> simulate.apply(new SimulateInvoice.Input(gone.id(), "USD", null, lines)))
                        .kind())
                .isEqualTo(RefusalKind.PRECONDITION_FAILED);
    }
}
