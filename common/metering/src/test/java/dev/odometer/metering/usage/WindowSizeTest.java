package dev.odometer.metering.usage;

import static dev.odometer.metering.usage.WindowSize.DAY;
import static dev.odometer.metering.usage.WindowSize.HOUR;
import static dev.odometer.metering.usage.WindowSize.MINUTE;
import static dev.odometer.metering.usage.WindowSize.MONTH;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WindowSizeTest {

    private static Window window(WindowSize size, String time, String zone) {
        return size.containing(Instant.parse(time), ZoneId.of(zone));
    }

    private static Window between(String start, String end) {
        return new Window(Instant.parse(start), Instant.parse(end));
    }

    private static Duration length(Window window) {
        return Duration.between(window.start(), window.end());
    }

    @ParameterizedTest
    @ValueSource(strings = {"2025-03-06T20:00:00Z", "2025-10-30T19:00:00Z"})
    void dividesAWeekWithATransitionIntoSevenAdjacentDays(String first) {
        ZoneId zone = ZoneId.of("America/Los_Angeles");

        List<Window> days = Stream.iterate(Instant.parse(first), time -> time.plus(Duration.ofDays(1)))
                .limit(7)
                .map(time -> DAY.containing(time, zone))
                .toList();

        assertThat(days)
                .doesNotHaveDuplicates()
                .allSatisfy(day ->
                        assertThat(day.start().atZone(zone).toLocalTime()).isEqualTo(LocalTime.MIDNIGHT));
        assertThat(days.subList(1, 7))
                .extracting(Window::start)
                .isEqualTo(days.subList(0, 6).stream().map(Window::end).toList());
    }

    @Test
    void dayOfATransitionHas23Or25Hours() {
        assertThat(length(window(DAY, "2025-03-09T20:00:00Z", "America/Los_Angeles")))
                .hasHours(23);
        assertThat(length(window(DAY, "2025-11-02T20:00:00Z", "America/Los_Angeles")))
                .hasHours(25);
    }

    @Test
    void monthStartsAndEndsAtLocalMidnight() {
        assertThat(window(MONTH, "2025-03-15T00:00:00Z", "America/Los_Angeles"))
                .isEqualTo(between("2025-03-01T08:00:00Z", "2025-04-01T07:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "America/Sao_Paulo, 2018-11-04T12:00:00Z, 2018-11-04T03:00:00Z, 2018-11-05T02:00:00Z",
        "Africa/Cairo, 2023-04-28T12:00:00Z, 2023-04-27T22:00:00Z, 2023-04-28T21:00:00Z"
    })
    void dayWithoutMidnightStartsAtItsFirstInstant(String zone, String time, String start, String end) {
        assertThat(window(DAY, time, zone)).isEqualTo(between(start, end));
    }

    @Test
    void repeatedHourIsTwoWindows() {
        assertThat(window(HOUR, "2025-11-02T08:30:00Z", "America/Los_Angeles"))
                .isEqualTo(between("2025-11-02T08:00:00Z", "2025-11-02T09:00:00Z"));
        assertThat(window(HOUR, "2025-11-02T09:30:00Z", "America/Los_Angeles"))
                .isEqualTo(between("2025-11-02T09:00:00Z", "2025-11-02T10:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "Asia/Kolkata, 2025-01-01T00:10:00Z, 2024-12-31T23:30:00Z, 2025-01-01T00:30:00Z",
        "Asia/Kathmandu, 2025-01-01T00:10:00Z, 2024-12-31T23:15:00Z, 2025-01-01T00:15:00Z"
    })
    void hoursFollowFractionalOffsets(String zone, String time, String start, String end) {
        assertThat(window(HOUR, time, zone)).isEqualTo(between(start, end));
    }

    @Test
    void halfHourShiftCutsTheAdjacentHours() {
        // Lord Howe changes from +11:00 to +10:30 at 02:00 local time, 15:00Z.
        assertThat(window(HOUR, "2025-04-05T14:50:00Z", "Australia/Lord_Howe"))
                .isEqualTo(between("2025-04-05T14:00:00Z", "2025-04-05T15:00:00Z"));
        assertThat(window(HOUR, "2025-04-05T15:10:00Z", "Australia/Lord_Howe"))
                .isEqualTo(between("2025-04-05T15:00:00Z", "2025-04-05T15:30:00Z"));
    }

    @Test
    void clockSetBackAfterMidnightStaysInTheNewDay() {
        // St. John's set clocks back from 00:01 to 23:01 of the previous day.
        assertThat(window(DAY, "2006-10-29T02:30:30Z", "America/St_Johns").start())
                .isEqualTo("2006-10-29T02:30:00Z");
        assertThat(window(DAY, "2006-10-29T03:00:00Z", "America/St_Johns").start())
                .isEqualTo("2006-10-29T02:30:00Z");
    }

    @Test
    void skippedDayHasNoWindow() {
        // Apia had no 30 December 2011.
        assertThat(window(DAY, "2011-12-30T09:59:59Z", "Pacific/Apia"))
                .isEqualTo(between("2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z"));
        assertThat(window(DAY, "2011-12-30T10:00:00Z", "Pacific/Apia"))
                .isEqualTo(between("2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"));
    }

    @Test
    void minutesAreTheSameInEveryZone() {
        assertThat(window(MINUTE, "2025-01-01T00:00:59.999999Z", "Asia/Kathmandu"))
                .isEqualTo(between("2025-01-01T00:00:00Z", "2025-01-01T00:01:00Z"));
    }
}
