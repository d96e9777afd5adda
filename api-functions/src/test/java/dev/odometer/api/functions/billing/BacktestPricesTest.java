package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.features.FeatureLookup;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BacktestPricesTest {

    private static final Instant FEBRUARY = Instant.parse("2026-02-01T00:00:00Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    private final ApiFixture fixture = new ApiFixture();
    private final Customer acme = fixture.customer("acme", "a1");
    private final Customer globex = fixture.customer("globex");

    @BeforeEach
    void recordUsage() {
        Meter tokens = fixture.tokens();
        fixture.features.add(Examples.feature("api_calls", tokens, Map.of()));
        fixture.features.add(Examples.feature("small", tokens, Map.of("model", TextFilter.in(List.of("gpt-small")))));
        fixture.features.add(Examples.feature("sso"));
        fixture.used("acme", "2026-02-01T00:00:00Z", 3);
        fixture.used("a1", "2026-02-28T23:59:59Z", 4);
        fixture.used("a1", "2026-03-01T00:00:00Z", 1000);
        fixture.used("unattributed", "2026-02-02T00:00:00Z", 1000);
    }

    private static RateCardDraft card(String key, String amount) {
        return card(key, "P1M", new PriceDraft("unit", amount, null, null, null, null, null, null, null));
    }

    private static RateCardDraft card(String key, String cadence, PriceDraft price) {
        return new RateCardDraft(
                "usage_based", key, key, null, null, key, null, null, Optional.of(cadence), Optional.of(price), null);
    }

    private static BacktestPrices.Input input(List<@Nullable RateCardDraft> tested) {
        return new BacktestPrices.Input(FEBRUARY, MARCH, "USD", tested, null, null, null);
    }

    private BacktestView run(BacktestPrices.Input input, int maxRows) {
        return new BacktestPrices(
                        fixture.customers,
                        new FeatureLookup(fixture.features),
                        (payers, limits) -> new CustomerUsage(fixture.meterLookup, fixture.log, payers, limits),
                        maxRows,
                        fixture.clock)
                .apply(input);
    }

    private BacktestView run(BacktestPrices.Input input) {
        return run(input, ApiFixture.MAX_ROWS);
    }

    private Refusal refusal(BacktestPrices.Input input) {
        return catchThrowableOfType(Refusal.class, () -> run(input));
    }

    @Test
    void pricesTheUsageOfEachCustomerInThePeriod() {
        BacktestView view = run(new BacktestPrices.Input(
                FEBRUARY,
                MARCH,
                "USD",
                List.of(card("api_calls", "0.5")),
                List.of(card("api_calls", "1")),
                null,
                null));

        assertThat(view.data())
                .containsExactly(new BacktestView.Row(
                        acme.id(),
                        "acme",
                        "acme",
                        "api_calls",
                        "7",
                        new BacktestView.Amounts(Optional.of("7.00"), "3.50", Optional.of("-3.50"), null, null, null)));
        assertThat(view.totals()).isEqualTo(view.data().get(0).amounts());
        assertThat(view.hasEnded()).isTrue();
    }

    @Test
    void listsNamedCustomersWithoutUsage() {
        BacktestView view = run(new BacktestPrices.Input(
                FEBRUARY,
                MARCH,
                "USD",
                List.of(card("api_calls", "1"), card("small", "1")),
                null,
                List.of("globex", acme.id()),
                null));

        assertThat(view.data())
                .extracting(BacktestView.Row::customerKey, BacktestView.Row::featureKey, BacktestView.Row::quantity)
                .containsExactlyInAnyOrder(
                        tuple("acme", "api_calls", "7"),
                        tuple("acme", "small", "0"),
                        tuple("globex", "api_calls", "0"),
                        tuple("globex", "small", "0"));
        assertThat(view.totals().currentAmount()).isEqualTo(Optional.empty());
        assertThat(globex.key()).isEqualTo("globex");
    }

    @Test
    void showsTheMarginOfCosts() {
        BacktestView view = run(new BacktestPrices.Input(
                FEBRUARY,
                MARCH,
                "USD",
                List.of(card("api_calls", "0.25")),
                List.of(card("api_calls", "1")),
                null,
                "cost"));

        assertThat(view.features())
                .containsExactly(new BacktestView.FeatureTotals(
                        "api_calls",
                        "7",
                        new BacktestView.Amounts(null, null, null, Optional.of("7.00"), "1.75", Optional.of("5.25"))));
    }

    @Test
    void doesNotSumCurrentAmountsOfWhichOneIsUnknown() {
        BacktestView view = run(new BacktestPrices.Input(
                FEBRUARY,
                MARCH,
                "USD",
                List.of(card("api_calls", "1"), card("small", "1")),
                List.of(card("api_calls", "1")),
                null,
                null));

        assertThat(view.totals().currentAmount()).isEqualTo(Optional.empty());
        assertThat(view.totals().newAmount()).isEqualTo("7.00");
        assertThat(view.features().get(0).amounts().difference()).isEqualTo(Optional.of("0.00"));
    }

    @Test
    void chargesEachBillingPeriod() {
        var atLeastTen = new PriceDraft("unit", "1", null, null, null, null, null, "10", null);

        BacktestView view = run(new BacktestPrices.Input(
                Instant.parse("2026-01-01T00:00:00Z"),
                MARCH,
                "USD",
                List.of(card("api_calls", "P1M", atLeastTen)),
                null,
                null,
                null));

        assertThat(view.totals().newAmount()).isEqualTo("20.00");
    }

    @Test
    void hasATableWithTheSameRows() {
        BacktestView view = run(input(List.of(card("api_calls", "0.5"))));

        assertThat(view.columns())
                .containsExactly(
                        "customer_id",
                        "customer_key",
                        "customer_name",
                        "feature_key",
                        "quantity",
                        "current_amount",
                        "new_amount",
                        "difference",
                        "currency");
        assertThat(view.cells())
                .containsExactly(List.of(acme.id(), "acme", "acme", "api_calls", "7", "", "3.50", "", "USD"));
    }

    @Test
    void statesThatAPeriodHasNotEnded() {
        Instant april = Instant.parse("2026-04-01T00:00:00Z");

        BacktestView view =
                run(new BacktestPrices.Input(MARCH, april, "USD", List.of(card("api_calls", "1")), null, null, null));

        assertThat(view.hasEnded()).isFalse();
        assertThat(view.totals().newAmount()).isEqualTo("1000.00");
    }

    @Test
    void refusesPeriodsThatTheCadenceDoesNotDivide() {
        Instant middle = Instant.parse("2026-02-15T00:00:00Z");

        Refusal refusal = refusal(
                new BacktestPrices.Input(FEBRUARY, middle, "USD", List.of(card("api_calls", "1")), null, null, null));

        assertThat(refusal.detail())
                .isEqualTo("rateCards[0].billingCadence must divide from and to into whole periods: P1M, of which one"
                        + " ends at 2026-03-01T00:00:00Z");
    }

    @Test
    void namesThePlaceOfAnInvalidRateCard() {
        var noCard = new BacktestPrices.Input(
                FEBRUARY, MARCH, "USD", List.of(card("api_calls", "1")), List.of(card("small", "1")), null, null);

        assertThat(refusal(input(List.of(card("api_calls", "-1")))).detail())
                .isEqualTo("rateCards[0].price.amount must not be negative: -1");
        assertThat(refusal(input(List.of(card("api_calls", "1"), card("api_calls", "1"))))
                        .detail())
                .startsWith("rateCards[1].featureKey must differ");
        assertThat(refusal(input(List.of(card("sso", "1")))).violations())
                .extracting(Refusal.Violation::field, Refusal.Violation::code)
                .containsExactly(tuple("$.rateCards[0].featureKey", "usage_based_price_with_feature_and_no_meter"));
        assertThat(refusal(noCard).detail()).startsWith("currentRateCards[0].featureKey has no rate card");
    }

    @Test
    void refusesMoreRowsThanTheMaximum() {
        fixture.used("globex", "2026-02-02T00:00:00Z", 1);

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> run(input(List.of(card("api_calls", "1"))), 1));

        assertThat(refusal.kind()).isEqualTo(RefusalKind.INVALID);
        assertThat(refusal.detail()).startsWith("the answer has more than 1 rows");
    }

    @Test
    void refusesMoreQuantitiesThanFourForEachRow() {
        for (int day = 2; day <= 7; day++) {
            fixture.used("acme", "2026-02-0" + day + "T00:00:00Z", 1);
        }
        var perDay = new PriceDraft("unit", "1", null, null, null, null, null, null, null);

        Refusal refusal = catchThrowableOfType(
                Refusal.class,
                () -> run(
                        new BacktestPrices.Input(
                                FEBRUARY,
                                Instant.parse("2026-02-08T00:00:00Z"),
                                "USD",
                                List.of(card("api_calls", "P1D", perDay)),
                                null,
                                null,
                                null),
                        1));

        assertThat(refusal.detail()).startsWith("the usage has more than 4 quantities");
    }

    @Test
    void refusesMoreSubjectsThanFourForEachRow() {
        fixture.customer("initech", "i1");

        Refusal refusal = catchThrowableOfType(Refusal.class, () -> run(input(List.of(card("api_calls", "1"))), 1));

        assertThat(refusal.detail()).isEqualTo("the customers have more than 4 subjects; name some customers");
    }

    @Test
    void refusesTooManyBillingPeriodsOfAllRateCards() {
        var perDay = new PriceDraft("unit", "1", null, null, null, null, null, null, null);
        List<@Nullable RateCardDraft> cards = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            String model = "model-" + i;
            fixture.features.add(Examples.feature(
                    "f" + i, fixture.meterLookup.live("tokens"), Map.of("model", TextFilter.in(List.of(model)))));
            cards.add(card("f" + i, "P1D", perDay));
        }
        Instant from = Instant.parse("2025-11-01T00:00:00Z");

        Refusal refusal = refusal(
                new BacktestPrices.Input(from, from.plus(Duration.ofDays(100)), "USD", cards, null, null, null));

        assertThat(refusal.detail()).startsWith("the rate cards have more than 200 billing periods together");
    }

    @Test
    void refusesUnknownAndDeletedCustomers() {
        fixture.customers.replace(globex.deleted(ApiFixture.NOW));

        assertThat(refusal(named("unknown")).kind()).isEqualTo(RefusalKind.NOT_FOUND);
        assertThat(refusal(named(globex.id())).kind()).isEqualTo(RefusalKind.PRECONDITION_FAILED);
    }

    private static BacktestPrices.Input named(String customer) {
        return new BacktestPrices.Input(
                FEBRUARY, MARCH, "USD", List.of(card("api_calls", "1")), null, List.of(customer), null);
    }

    @Test
    void refusesTimesWithinAMinuteAndInTheFuture() {
        var withSeconds = new BacktestPrices.Input(
                FEBRUARY.plusSeconds(1), MARCH, "USD", List.of(card("api_calls", "1")), null, null, null);
        Instant june = Instant.parse("2026-06-01T00:00:00Z");
        var future = new BacktestPrices.Input(
                june, june.plusSeconds(60), "USD", List.of(card("api_calls", "1")), null, null, null);

        assertThat(refusal(withSeconds).detail()).startsWith("from must be a whole minute");
        assertThat(refusal(future).detail()).startsWith("from must be in the past");
    }
}
