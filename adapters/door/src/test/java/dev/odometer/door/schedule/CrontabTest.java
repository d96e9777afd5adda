package dev.odometer.door.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.schedule.Schedule;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** In Berlin, clocks go from 02:00 to 03:00 on 29 March 2026, and from 03:00 to 02:00 on 25 October, at 01:00 UTC. */
class CrontabTest {

    private static Crontab crontab(String cron, String zone) {
        return Crontab.of(new Schedule("daily", cron, ZoneId.of(zone), "f"));
    }

    /** All times in a range, excluding its end. */
    private static List<String> times(String cron, String zone, String from, String to) {
        Crontab crontab = crontab(cron, zone);
        var times = new ArrayList<String>();
        Instant after = Instant.parse(from).minusNanos(1);
        Optional<Instant> next = crontab.next(after);
        while (next.isPresent() && next.get().isBefore(Instant.parse(to))) {
            times.add(next.get().toString());
            next = crontab.next(next.get());
        }
        return times;
    }

    private static List<String> berlin(String cron, String from, String to) {
        return times(cron, "Europe/Berlin", from, to);
    }

    @Test
    void runsDailyInItsZone() {
        assertThat(berlin("30 2 * * *", "2026-07-01T00:00:00Z", "2026-07-03T00:00:00Z"))
                .containsExactly("2026-07-01T00:30:00Z", "2026-07-02T00:30:00Z");
    }

    @Test
    void runsOnceIfItsTimeIsSkipped() {
        assertThat(berlin("30 2 * * *", "2026-03-28T00:00:00Z", "2026-03-31T00:00:00Z"))
                .containsExactly("2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z");
    }

    @Test
    void runsOnceIfItsTimeIsRepeated() {
        assertThat(berlin("30 2 * * *", "2026-10-24T00:00:00Z", "2026-10-27T00:00:00Z"))
                .containsExactly("2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    }

    @Test
    void runsHourlyDuringATransition() {
        assertThat(berlin("0 * * * *", "2026-03-29T00:00:00Z", "2026-03-29T03:00:00Z"))
                .containsExactly("2026-03-29T00:00:00Z", "2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z");
        assertThat(berlin("30 * * * *", "2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"))
                .containsExactly("2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z", "2026-10-25T02:30:00Z");
    }

    @Test
    void runsOnceForEachSkippedTime() {
        assertThat(berlin("0,20,40 2 * * *", "2026-03-29T00:00:00Z", "2026-03-29T12:00:00Z"))
                .containsExactly("2026-03-29T01:00:00Z", "2026-03-29T01:20:00Z", "2026-03-29T01:40:00Z");
    }

    /** On Lord Howe Island, clocks change by half an hour, so moved times fall between others. */
    @Test
    void runsInOrderAfterATransitionOfHalfAnHour() {
        assertThat(times("15,40 2 * * *", "Australia/Lord_Howe", "2026-10-03T15:00:00Z", "2026-10-04T12:00:00Z"))
                .containsExactly("2026-10-03T15:40:00Z", "2026-10-03T15:45:00Z");
    }

    /** Samoa skipped 30 December 2011. */
    @Test
    void runsAfterASkippedDay() {
        assertThat(times("30 2 * * *", "Pacific/Apia", "2011-12-29T00:00:00Z", "2011-12-31T20:00:00Z"))
                .containsExactly("2011-12-29T12:30:00Z", "2011-12-30T12:30:00Z", "2011-12-31T12:30:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "0 0 1 * *, 2026-11-01T00:00:00Z",
        "*/15 * * * *, 2026-10-20T12:15:00Z",
        "0 3 * * 0, 2026-10-25T03:00:00Z",
        "0 3 * * 7, 2026-10-25T03:00:00Z",
        "0 3 * * MON-FRI, 2026-10-21T03:00:00Z",
        "5 4 29 2 *, 2028-02-29T04:05:00Z"
    })
    void readsCrontabSyntax(String cron, String next) {
        assertThat(crontab(cron, "UTC").next(Instant.parse("2026-10-20T12:00:00Z")))
                .contains(Instant.parse(next));
    }

    @Test
    void neverRunsOnADayThatDoesNotExist() {
        assertThat(crontab("0 0 30 2 *", "Europe/Berlin").next(Instant.EPOCH)).isEmpty();
        assertThat(crontab("0 * 30 2 *", "Europe/Berlin").next(Instant.EPOCH)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "0 2 * *", "0 0 2 * * *", "61 * * * *", "0 2 1 * 1", "@daily", "0 2 * * FUNDAY"})
    void refusesNonPortableExpressions(String cron) {
        assertThatThrownBy(() -> crontab(cron, "UTC"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("The schedule daily has an invalid cron expression: " + cron + ": ");
    }

    /** Compares with the definition, minute by minute, in zones that change by an hour, half an hour and a day. */
    @Property(tries = 200)
    void comesOnceADayWhateverTheClockDoes(
            @ForAll @IntRange(max = 59) int minute,
            @ForAll @IntRange(max = 23) int hour,
            @ForAll @IntRange(max = 366) int day,
            @ForAll @IntRange(max = 3) int place) {
        String zone = List.of("Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC")
                .get(place);
        LocalDate first = LocalDate.of(2018, 1, 1).plusDays(day);
        String from = first.atStartOfDay(ZoneId.of(zone)).toInstant().toString();
        String to = first.plusDays(10).atStartOfDay(ZoneId.of(zone)).toInstant().toString();

        assertThat(times(minute + " " + hour + " * * *", zone, from, to))
                .containsExactlyElementsOf(new TreeSet<>(IntStream.range(0, 10)
                        .mapToObj(n -> first.plusDays(n)
                                .atTime(hour, minute)
                                .atZone(ZoneId.of(zone))
                                .toInstant()
                                .toString())
                        .toList()));
    }

    @Property(tries = 200)
    void findsTheLatestThatTheOthersLeadTo(
            @ForAll @IntRange(max = 500_000) int afterMinutes, @ForAll @IntRange(max = 20_000) int minutes) {
        Crontab crontab = crontab("*/7 3,4 * * *", "Europe/Berlin");
        Instant after = Instant.parse("2026-01-01T00:00:30Z").plusSeconds(60L * afterMinutes);
        Instant now = after.plusSeconds(60L * minutes);
        Optional<Instant> last = Optional.empty();
        for (Optional<Instant> next = crontab.next(after);
                !next.orElseThrow().isAfter(now);
                next = crontab.next(next.get())) {
            last = next;
        }

        assertThat(crontab.latest(after, now)).isEqualTo(last);
    }
}
