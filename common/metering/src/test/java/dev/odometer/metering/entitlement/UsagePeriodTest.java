package dev.odometer.metering.entitlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Periods are adjacent for every interval and anchor. */
class UsagePeriodTest {

    private static Instant at(String time) {
        return Instant.parse(time);
    }

    @Property(tries = 500)
    void dividesTimeWithoutGapsAndOverlaps(
            @ForAll("intervals") String interval, @ForAll("times") Instant anchor, @ForAll("times") Instant time) {
        var period = UsagePeriod.of(interval, anchor);

        Window window = period.containing(time);

        assertThat(window.contains(time)).isTrue();
        assertThat(period.containing(window.end()).start()).isEqualTo(window.end());
        assertThat(period.containing(window.start().minusNanos(1)).end()).isEqualTo(window.start());
        assertThat(period.containing(period.anchor()).start()).isEqualTo(period.anchor());
        assertThat(window.start().plus(period.maxLength())).isAfterOrEqualTo(window.end());
    }

    @Property(tries = 200)
    void isParsedFromItsInterval(@ForAll("intervals") String interval, @ForAll("times") Instant anchor) {
        var period = UsagePeriod.of(interval, anchor);

        assertThat(UsagePeriod.of(period.interval(), anchor)).isEqualTo(period);
        assertThat(UsagePeriod.of(period.iso(), anchor)).isEqualTo(period);
    }

    @Example
    void startsShortMonthsOnTheirLastDay() {
        var monthly = UsagePeriod.of("MONTH", at("2023-12-31T10:00:30Z"));

        assertThat(monthly.containing(at("2024-02-29T10:00:00Z")))
                .isEqualTo(new Window(at("2024-02-29T10:00:00Z"), at("2024-03-31T10:00:00Z")));
        assertThat(monthly.containing(at("2023-02-28T09:59:59Z")))
                .isEqualTo(new Window(at("2023-01-31T10:00:00Z"), at("2023-02-28T10:00:00Z")));
    }

    @Example
    void keepsTheLeapDayInLeapYears() {
        var yearly = UsagePeriod.of("YEAR", at("2024-02-29T00:00:00Z"));

        assertThat(yearly.containing(at("2025-06-01T00:00:00Z")))
                .isEqualTo(new Window(at("2025-02-28T00:00:00Z"), at("2026-02-28T00:00:00Z")));
        assertThat(yearly.containing(at("2028-02-29T00:00:00Z")).start()).isEqualTo(at("2028-02-29T00:00:00Z"));
    }

    @Property
    void refusesInvalidIntervals(@ForAll("invalidIntervals") String interval) {
        assertThatThrownBy(() -> UsagePeriod.of(interval, Instant.EPOCH)).isInstanceOf(Refusal.class);
    }

    @Provide
    Arbitrary<String> intervals() {
        return Arbitraries.of(
                "DAY", "WEEK", "MONTH", "YEAR", "PT1H", "PT7H30M", "P1DT12H", "P3M", "P1M15D", "P2Y", "P45D", "P100Y");
    }

    @Provide
    Arbitrary<String> invalidIntervals() {
        return Arbitraries.of(
                        "",
                        "P",
                        "T",
                        "PT",
                        "HOUR",
                        "P-1M",
                        "PT59M",
                        "PT1H30S",
                        "P101Y",
                        "P1M-1D",
                        "P99999999999D",
                        "MONTH ")
                .injectDuplicates(0.1);
    }

    @Provide
    Arbitrary<Instant> times() {
        return Arbitraries.longs()
                .between(
                        at("1900-01-01T00:00:00Z").getEpochSecond(),
                        at("2199-12-31T23:59:59Z").getEpochSecond())
                .map(Instant::ofEpochSecond)
                .edgeCases(edges -> edges.add(
                        at("2024-02-29T00:00:00Z"),
                        at("2024-01-31T23:59:00Z"),
                        at("2023-12-31T00:00:00Z"),
                        at("2023-03-30T12:00:00Z")));
    }
}
