package dev.odometer.functions.route;

import java.util.List;

/** A module's table of routes. The door merges the tables of all modules. */
public record Routes(List<Route> rows) {

    public Routes {
        rows = List.copyOf(rows);
    }
}
