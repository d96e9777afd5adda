package dev.odometer.functions.route;

import java.util.List;

/** A module's table of routes; the door joins the tables it finds. */
public record Routes(List<Route> rows) {

    public Routes {
        rows = List.copyOf(rows);
    }
}
