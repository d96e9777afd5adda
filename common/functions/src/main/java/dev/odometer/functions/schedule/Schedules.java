package dev.odometer.functions.schedule;

import java.util.List;

/** A module's table of schedules; the door joins the tables it finds. */
public record Schedules(List<Schedule> rows) {

    public Schedules {
        rows = List.copyOf(rows);
    }
}
