package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.money.Currencies;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TariffTest {

    private static final Currency USD = Currencies.parse("currency", "USD");
    private static final Instant START = Instant.parse("2024-01-31T10:30:00Z");
    private static final Pricing AT_LEAST_TEN =
            new Pricing(new Price.PerUnit(BigDecimal.ONE), new Commitment(BigDecimal.TEN, null), Discounts.NONE);

    private static CalendarDuration cadence(String text) {
        return CalendarDuration.parse("billingCadence", text);
    }

    private static Window until(String end) {
        return new Window(START, Instant.parse(end));
    }

    @Property(tries = 300)
    void dividesTheRangeIntoPeriods(
            @ForAll @IntRange(min = 1, max = 6) int months,
            @ForAll @IntRange(min = 1, max = 20) int count,
            @ForAll @IntRange(max = 1500) int days) {
        Instant start = START.plusSeconds(days * 86_400L);
        Instant end =
                start.atOffset(ZoneOffset.UTC).plusMonths((long) months * count).toInstant();

        List<Window> periods = Tariff.of(AT_LEAST_TEN, cadence("P" + months + "M"), new Window(start, end), 20)
                .periods();

        assertThat(periods).hasSize(count);
        assertThat(periods.get(0).start()).isEqualTo(start);
        assertThat(periods.get(count - 1).end()).isEqualTo(end);
        for (int i = 1; i < count; i++) {
            assertThat(periods.get(i).start()).isEqualTo(periods.get(i - 1).end());
        }
    }

    @Test
    void countsPeriodsFromTheStartOfTheRange() {
        assertThat(Tariff.of(AT_LEAST_TEN, cadence("P1M"), until("2024-03-31T10:30:00Z"), 9)
                        .periods())
                .containsExactly(
                        until("2024-02-29T10:30:00Z"),
                        new Window(Instant.parse("2024-02-29T10:30:00Z"), Instant.parse("2024-03-31T10:30:00Z")));
    }

    @Test
    void chargesOnceWithoutACadence() {
        Window range = until("2024-02-03T00:00:00Z");

        assertThat(Tariff.of(AT_LEAST_TEN, null, range, 1).periods()).containsExactly(range);
    }

    @Test
    void refusesARangeThatEndsWithinAPeriod() {
        assertThatThrownBy(() -> Tariff.of(AT_LEAST_TEN, cadence("P1W"), until("2024-02-08T10:30:00Z"), 9))
                .isInstanceOf(Refusal.class)
                .hasMessage("billingCadence must divide the range into whole periods: P1W, the last of which ends at"
                        + " 2024-02-14T10:30:00Z");
    }

    @Test
    void refusesMorePeriodsThanTheMaximum() {
        assertThatThrownBy(() -> Tariff.of(AT_LEAST_TEN, cadence("P1D"), until("2024-02-10T10:30:00Z"), 9))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("at most 9 periods: P1D");
        assertThat(Tariff.of(AT_LEAST_TEN, cadence("P1D"), until("2024-02-10T10:30:00Z"), 10)
                        .periods())
                .hasSize(10);
    }

    @Test
    void ratesEachPeriodByItself() {
        Tariff tariff = Tariff.of(AT_LEAST_TEN, cadence("P1M"), until("2024-03-31T10:30:00Z"), 9);
        Map<Window, BigDecimal> usage = Map.of(tariff.periods().get(1), new BigDecimal("12.5"));

        assertThat(tariff.amount(usage, USD).amount()).isEqualTo("22.50");
        assertThat(tariff.quantity(usage)).isEqualTo("12.5");
    }
}
