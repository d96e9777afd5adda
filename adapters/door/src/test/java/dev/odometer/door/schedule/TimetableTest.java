package dev.odometer.door.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Outcome;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class TimetableTest extends DailyTimetable {

    @Test
    void callsADueScheduleOnce() {
        Timetable timetable = timetable(log);

        at(timetable, "2026-11-01T12:00:00Z");
        at(timetable, "2026-11-02T01:59:59Z");
        assertThat(ticks).isEmpty();

        at(timetable, "2026-11-02T02:00:00Z");
        at(timetable, "2026-11-02T02:00:01Z");
        at(timetable, "2026-11-03T02:00:00Z");
        assertThat(ticks).containsExactly(MONDAY, TUESDAY);
    }

    @Test
    void wakesUpWhenAScheduleIsDueAndAtLeastEveryMinute() {
        Timetable timetable = timetable(log);

        assertThat(at(timetable, "2026-11-02T01:59:30Z")).isEqualTo(Instant.parse("2026-11-02T02:00:00Z"));
        assertThat(at(timetable, "2026-11-02T02:00:00Z")).isEqualTo(Instant.parse("2026-11-02T02:01:00Z"));
    }

    @Test
    void doesNotCatchUpWithoutADoneTick() {
        at(timetable(log), "2026-11-02T03:00:00Z");

        assertThat(ticks).isEmpty();
    }

    @Test
    void catchesUpOnceOnTicksMissedBeforeTheStart() {
        log.runOnce(daily("2026-10-20T02:00:00Z"), () -> true);

        Timetable timetable = timetable(log);
        at(timetable, "2026-11-02T12:00:00Z");
        at(timetable, "2026-11-02T12:00:01Z");

        assertThat(ticks).containsExactly(MONDAY);
    }

    @Test
    void doesNotRepeatADoneTick() {
        log.runOnce(MONDAY, () -> true);

        at(timetable(log), "2026-11-02T12:00:00Z");

        assertThat(ticks).isEmpty();
    }

    @Test
    void catchesUpOnceOnTicksMissedWhileSuspended() {
        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");

        at(timetable, "2026-11-03T12:00:00Z");

        assertThat(ticks).containsExactly(TUESDAY);
    }

    @Test
    void retriesWithExponentialBackoff() {
        outcomes.addAll(List.of(Outcome.retry("unavailable"), Outcome.retry("unavailable"), Outcome.OK));
        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");

        assertThat(at(timetable, "2026-11-02T02:00:00Z")).isEqualTo(Instant.parse("2026-11-02T02:00:01Z"));
        at(timetable, "2026-11-02T02:00:00.999Z");
        assertThat(ticks).hasSize(1);
        assertThat(at(timetable, "2026-11-02T02:00:01Z")).isEqualTo(Instant.parse("2026-11-02T02:00:03Z"));
        at(timetable, "2026-11-02T02:00:03Z");
        at(timetable, "2026-11-02T02:00:09Z");
        assertThat(ticks).containsExactly(MONDAY, MONDAY, MONDAY);
    }

    @Test
    void replacesAFailedTickWithALaterOne() {
        outcomes.add(Outcome.retry("unavailable"));
        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");
        at(timetable, "2026-11-02T02:00:00Z");

        at(timetable, "2026-11-03T02:00:00Z");
        at(timetable, "2026-11-03T02:00:05Z");

        assertThat(ticks).containsExactly(MONDAY, TUESDAY);
    }

    @Test
    void doesNotRetryARefusedTick() {
        outcomes.add(Outcome.poison("no"));
        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");

        at(timetable, "2026-11-02T02:00:00Z");
        at(timetable, "2026-11-02T02:30:00Z");

        assertThat(ticks).containsExactly(MONDAY);
    }

    @Test
    void callsAScheduleThatIsWoken() {
        Timetable timetable = timetable(log);
        timetable.wake("daily");
        timetable.wake("unknown");

        at(timetable, "2026-11-01T12:00:00Z");
        at(timetable, "2026-11-01T12:00:01Z");

        assertThat(ticks).containsExactly(daily("2026-11-01T12:00:00Z"));
    }

    @Test
    void waitsForAnUnavailableTickLog() {
        var unavailable = new TickLog() {
            private boolean answers;

            @Override
            public Instant now() {
                return clock.now;
            }

            @Override
            public Result runOnce(Tick tick, BooleanSupplier work) {
                return Result.DONE;
            }

            @Override
            public Optional<Instant> lastDone(String schedule) {
                if (!answers) {
                    throw Refusal.unavailable("the database does not answer", new IllegalStateException());
                }
                return Optional.of(Instant.parse("2026-10-20T02:00:00Z"));
            }
        };
        Timetable timetable = timetable(unavailable);

        Instant next = at(timetable, "2026-11-02T12:00:00Z");
        assertThat(Duration.between(clock.now, next)).isEqualTo(Duration.ofSeconds(1));
        unavailable.answers = true;
        at(timetable, "2026-11-02T12:00:01Z");

        assertThat(ticks).containsExactly(MONDAY);
    }

    @Test
    void wakesUpAtTheEarliestRequestedTime() {
        Timetable timetable = timetable(log);
        at(timetable, "2026-11-01T12:00:00Z");
        timetable.wake("daily", Instant.parse("2026-11-01T12:00:05Z"));
        timetable.wake("daily", Instant.parse("2026-11-01T12:00:07Z"));

        assertThat(at(timetable, "2026-11-01T12:00:04Z")).isEqualTo("2026-11-01T12:00:05Z");
        assertThat(ticks).isEmpty();

        at(timetable, "2026-11-01T12:00:05Z");
        at(timetable, "2026-11-01T12:00:08Z");
        assertThat(ticks).containsExactly(daily("2026-11-01T12:00:05Z"));
    }
}
