package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.pricing.PriceDraft;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

@SuppressWarnings("NullOptional") // absent amounts of the other kind
class BacktestPricesTest extends BacktestFixture {

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
}
