package dev.odometer.door.schedule;

import dev.odometer.door.batch.Outcome;
import dev.odometer.functions.schedule.InMemoryTickLog;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** A timetable with a schedule that is due daily at 02:00 UTC, and a manual clock. */
abstract class DailyTimetable {

    static final Tick MONDAY = daily("2026-11-02T02:00:00Z");
    static final Tick TUESDAY = daily("2026-11-03T02:00:00Z");

    final ManualClock clock = new ManualClock();
    final InMemoryTickLog log = new InMemoryTickLog(clock);
    final List<Tick> ticks = new ArrayList<>();
    final Deque<Outcome> outcomes = new ArrayDeque<>();

    static Tick daily(String due) {
        return new Tick("daily", Instant.parse(due));
    }

    Timetable timetable(TickLog ticksDone) {
        var schedule = new Schedule("daily", "0 2 * * *", ZoneOffset.UTC, "f");
        return new Timetable(List.of(schedule), this::runOnce, Optional.of(ticksDone), clock);
    }

    Outcome runOnce(Tick tick) {
        ticks.add(tick);
        return outcomes.isEmpty() ? Outcome.OK : outcomes.remove();
    }

    Instant at(Timetable timetable, String time) {
        clock.now = Instant.parse(time);
        return clock.now.plus(timetable.runDue());
    }
}
