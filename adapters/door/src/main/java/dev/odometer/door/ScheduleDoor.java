package dev.odometer.door;

import dev.odometer.binding.Schedule;
import dev.odometer.binding.Schedules;
import dev.odometer.binding.Tick;
import dev.odometer.door.function.Call;
import dev.odometer.door.function.Functions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hands ticks to the functions that the schedules name. */
public final class ScheduleDoor {

    private final Map<String, Timed> schedules = new HashMap<>();

    private record Timed(Schedule schedule, Call call) {}

    /**
     * Joins the tables; schedules whose functions are not active are left out.
     *
     * @throws IllegalStateException when a schedule names a function that is unknown or takes no ticks, or two have a
     *     name
     */
    public ScheduleDoor(Functions functions, List<Schedules> tables) {
        tables.stream()
                .flatMap(table -> table.rows().stream())
                .filter(schedule -> functions.isActive(schedule.function()))
                .forEach(schedule -> add(schedule, functions.find(schedule.function())));
    }

    private void add(Schedule schedule, Call call) {
        if (!Tick.class.equals(call.input())) {
            throw new IllegalStateException("The schedule " + schedule.name() + " does not fit " + schedule.function()
                    + ": the function takes no ticks");
        }
        if (schedules.put(schedule.name(), new Timed(schedule, call)) != null) {
            throw new IllegalStateException("Two schedules have the name " + schedule.name());
        }
    }

    /** The schedules that are served here, for whoever has the timer. */
    public List<Schedule> schedules() {
        return schedules.values().stream().map(Timed::schedule).toList();
    }

    /**
     * Calls the function of the tick's schedule.
     *
     * @throws IllegalArgumentException when no schedule has the name
     */
    public Outcome tick(Tick tick) {
        Timed timed = schedules.get(tick.schedule());
        if (timed == null) {
            throw new IllegalArgumentException("No schedule has the name " + tick.schedule());
        }
        return Outcome.of(timed.call(), tick, "the schedule " + tick.schedule());
    }
}
