package dev.odometer.door.schedule;

import dev.odometer.door.batch.Outcome;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/** The timetable of a process in a simulation, which calls it instead of a thread. */
public final class VirtualTimer {

    private final Timetable timetable;

    public VirtualTimer(ScheduleDoor door, Function<Tick, Outcome> tick, TickLog log, Clock clock) {
        timetable = new Timetable(door.schedules(), tick, Optional.of(log), clock);
    }

    /** Runs the due schedules, and returns the time until the next call. */
    public Duration runDue() {
        return timetable.runDue();
    }

    public void wake(String schedule) {
        timetable.wake(schedule);
    }

    public void wake(String schedule, java.time.Instant at) {
        timetable.wake(schedule, at);
    }
}
