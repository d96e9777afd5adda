package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.billing.LineDraft.Card;
import dev.odometer.api.functions.billing.LineDraft.Period;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.PriceDraft.Component;
import dev.odometer.api.functions.pricing.PriceDraft.TierDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What simulated invoices must not have, each refused with its place. */
class SimulationRefusalsTest extends SimulationFixture {

    @Test
    void namesThePlaceOfAnInvalidMember() {
        PriceDraft price = tiered(
                "graduated",
                new TierDraft(Optional.of("1"), null, new Component("unit", "1")),
                new TierDraft(Optional.empty(), null, new Component("unit", "-1")));

        assertThat(refusal(line(unit("1"), "1"), line(price, "1")).detail())
                .isEqualTo("lines[1].price.tiers[1].unitPrice.amount must not be negative: -1");
        assertThat(refusal(card(new Card("api_calls", null, Optional.of(price), null), "1", null))
                        .detail())
                .startsWith("lines[0].rateCard.price.tiers[1].unitPrice.amount");
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
    void refusesTwoPricesThatDiffer() {
        var both = priced(unit("1"), unit("2"));

        assertThat(refusal(both).detail()).isEqualTo("lines[0].price must be the same as rateCard.price");
    }

    @Test
    void acceptsTheSamePriceTwice() {
        var both = priced(unit("1"), unit("1"));

        assertThat(invoice(both).totals().total()).isEqualTo("1.00");
    }

    @Test
    void refusesALineWithoutAPrice() {
        assertThat(refusal(priced(null, null)).detail()).isEqualTo("lines[0].price or rateCard is required");
    }

    private static SimulatedLineDraft priced(@Nullable PriceDraft ofLine, @Nullable PriceDraft ofCard) {
        return new SimulatedLineDraft(
                null,
                "API calls",
                null,
                null,
                new Period(FROM, TO),
                TO,
                "1",
                null,
                ofLine,
                ofCard == null ? null : new Card("api_calls", null, Optional.of(ofCard), null),
                "api_calls",
                null);
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
