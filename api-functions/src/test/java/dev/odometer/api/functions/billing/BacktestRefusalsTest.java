package dev.odometer.api.functions.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.odometer.api.functions.ApiFixture;
import dev.odometer.api.functions.pricing.PriceDraft;
import dev.odometer.api.functions.pricing.RateCardDraft;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.filter.TextFilter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What backtests refuse, and their limits. */
class BacktestRefusalsTest extends BacktestFixture {

    @Test
    void refusesPeriodsThatTheCadenceDoesNotDivide() {
        Instant middle = Instant.parse("2026-02-15T00:00:00Z");

        Refusal refusal = refusal(
                new BacktestPrices.Input(FEBRUARY, middle, "USD", List.of(card("api_calls", "1")), null, null, null));

        assertThat(refusal.detail())
                .isEqualTo("rateCards[0].billingCadence must divide the range into whole periods: P1M, the last of"
                        + " which ends at 2026-03-01T00:00:00Z");
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

        assertThat(refusal.detail())
                .isEqualTo("the customers have more than 4 subjects; select customers with the field customers");
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
