package dev.odometer.door.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Outcome;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.InMemoryTickLog;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clocks that jump, and clocks that differ between nodes. */
class TimetableClockTest extends DailyTimetable {

    /** A tick log whose clock differs from that of the process. */
    private static final class SharedLog implements TickLog {

        private final ManualClock shared = new ManualClock();
        private final InMemoryTickLog ticks = new InMemoryTickLog(shared);
        private boolean answers = true;

        @Override
        public Result runOnce(Tick tick, BooleanSupplier work) {
            return ticks.runOnce(tick, work);
        }

        @Override
        public Instant now() {
            if (!answers) {
                throw Refusal.unavailable("the database does not answer", new IllegalStateException());
            }
            return shared.now;
        }

        @Override
        public Optional<Instant> lastDone(String schedule) {
            return ticks.lastDone(schedule);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2036-11-01T12:00:00Z", "2026-11-01T12:02:00Z", "1970-01-01T00:00:00Z"})
    void continuesAfterTheClockJumpedAndWasCorrected(String wrong) {
        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");

        at(timetable, wrong);
        at(timetable, "2026-11-01T12:00:05Z");
        ticks.clear();
        at(timetable, "2026-11-02T01:59:59Z");
        assertThat(ticks).isEmpty();
        at(timetable, "2026-11-02T02:00:00Z");
        at(timetable, "2026-11-03T02:00:00Z");

        assertThat(ticks).containsExactly(MONDAY, TUESDAY);
    }

    @Test
    void retriesSoonAfterTheClockWasCorrected() {
        outcomes.add(Outcome.retry("unavailable"));
        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");
        at(timetable, "2036-11-02T02:00:00Z");
        ticks.clear();

        at(timetable, "2026-11-02T02:00:00Z");
        timetable.wake("daily");
        at(timetable, "2026-11-02T02:00:01Z");

        assertThat(ticks).containsExactly(daily("2026-11-02T02:00:01Z"));
    }

    @Test
    void ignoresALastTickAheadOfTheClock() {
        clock.now = Instant.parse("2036-11-02T02:00:00Z");
        log.runOnce(daily("2036-11-02T02:00:00Z"), () -> true);

        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");
        at(timetable, "2026-11-02T02:00:00Z");

        assertThat(ticks).containsExactly(MONDAY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2036-11-01T12:00:00Z", "1970-01-01T00:00:00Z"})
    void usesTheClockThatTheNodesShare(String wrong) {
        var sharedLog = new SharedLog();
        Timetable timetable = timetable(sharedLog);
        at(timetable, wrong);
        sharedLog.shared.now = Instant.parse("2026-11-02T01:59:30Z");

        clock.now = clock.now.plusSeconds(1);
        assertThat(timetable.runDue()).isEqualTo(Duration.ofSeconds(30));
        sharedLog.shared.now = MONDAY.due();
        timetable.runDue();

        assertThat(ticks).containsExactly(MONDAY);
    }

    @Test
    void waitsForTheClockThatTheNodesShare() {
        var sharedLog = new SharedLog();
        Timetable timetable = timetable(sharedLog);
        timetable.runDue();
        sharedLog.shared.now = MONDAY.due();
        sharedLog.answers = false;

        assertThat(timetable.runDue()).isEqualTo(Duration.ofSeconds(1));
        assertThat(ticks).isEmpty();
        sharedLog.answers = true;
        timetable.runDue();

        assertThat(ticks).containsExactly(MONDAY);
    }
}
