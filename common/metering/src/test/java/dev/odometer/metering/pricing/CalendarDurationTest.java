package dev.odometer.metering.pricing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.time.ZonedDateTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** ISO 8601 durations with calendar units. */
class CalendarDurationTest {

    private static CalendarDuration duration(String text) {
        return CalendarDuration.parse("duration", text);
    }

    @ParameterizedTest
    @CsvSource({
        "P1M, 1, 0, PT0S",
        "P1Y, 12, 0, PT0S",
        "P1Y6M, 18, 0, PT0S",
        "P2W, 0, 14, PT0S",
        "P1W2D, 0, 9, PT0S",
        "P1DT12H, 0, 1, PT12H",
        "PT90M, 0, 0, PT1H30M",
        "P1Y2M3DT4H5M6S, 14, 3, PT4H5M6S",
        "PT0.5S, 0, 0, PT0.5S",
        "P100Y, 1200, 0, PT0S"
    })
    void readsItsUnits(String text, int months, int days, Duration time) {
        assertThat(duration(text)).isEqualTo(new CalendarDuration(text, months, days, time));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "PT", "P1", "1M", "P1MT", "P1.5M", "P1H", "PT1D", "-PT1H", "P1M ", "P1M2Y", "P9999999999Y"})
    void refusesAMalformedText(String text) {
        assertThatThrownBy(() -> duration(text))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("duration must be an ISO 8601 duration: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "P",
                "P0D",
                "PT0S",
                "P-1M",
                "-P1D",
                "P1M-1D",
                "P1DT-1H",
                "P100Y1M",
                "P36526D",
                "PT876601H",
                "P2147483647D"
            })
    void refusesADurationOutOfBounds(String text) {
        assertThatThrownBy(() -> duration(text))
                .isInstanceOf(Refusal.class)
                .hasMessageStartingWith("duration must be above 0 and at most 100 years: ");
    }

    @ParameterizedTest
    @CsvSource({
        "P1M, 2025-01-31T00:00:00Z, 1, 2025-02-28T00:00:00Z",
        "P1M, 2025-01-31T00:00:00Z, 2, 2025-03-31T00:00:00Z",
        "P1Y, 2024-02-29T00:00:00Z, 4, 2028-02-29T00:00:00Z",
        "P1M1DT1H, 2025-01-31T23:00:00Z, 1, 2025-03-02T00:00:00Z",
        "P1W, 2025-01-08T00:00:00Z, -1, 2025-01-01T00:00:00Z"
    })
    void addsEachUnitFromTheStart(String text, ZonedDateTime start, long times, ZonedDateTime end) {
        assertThat(duration(text).addTo(start, times)).isEqualTo(end);
    }

    @Test
    void addsADayOfTheLengthThatTheZoneGivesIt() {
        ZonedDateTime start = ZonedDateTime.parse("2024-03-09T12:00:00-05:00[America/New_York]");

        assertThat(Duration.between(start, duration("P1D").addTo(start, 1))).hasHours(23);
        assertThat(Duration.between(start, duration("PT24H").addTo(start, 1))).hasHours(24);
    }

    @ParameterizedTest
    @CsvSource({"PT59M59S, true", "PT1H, false", "P1D, false", "P1M, false", "P1DT1S, false"})
    void knowsWhetherItIsShorterThanAnHour(String text, boolean expected) {
        assertThat(duration(text).isShorterThanAnHour()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"P1M, true", "P2W, true", "P1Y, true", "P1M1D, false", "PT24H, false", "P1DT1H, false"})
    void isACadenceInWholeMonthsOrDays(String text, boolean expected) {
        assertThat(duration(text).isCadence()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "P1M, P3M, true",
        "P1Y, P12M, true",
        "P6M, P1M, true",
        "P2M, P3M, false",
        "P1W, P2W, true",
        "P1D, P4W, true",
        "P2W, P3W, false",
        "P4W, P1M, false",
        "P1M1D, P1M, false",
        "PT24H, PT24H, false"
    })
    void isAlignedWithAMultipleInEitherDirection(String one, String other, boolean expected) {
        assertThat(duration(one).isAlignedWith(duration(other))).isEqualTo(expected);
        assertThat(duration(other).isAlignedWith(duration(one))).isEqualTo(expected);
    }
}
