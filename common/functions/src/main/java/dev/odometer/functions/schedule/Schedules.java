package dev.odometer.functions.schedule;

import java.util.List;

/** A module's table of schedules. The door merges the tables of all modules. */
public record Schedules(List<Schedule> rows) {

    public Schedules {
        rows = List.copyOf(rows);
    }
}
