package dev.odometer.functions.binding;

import java.util.List;

/** A module's table of bindings; the door joins the tables it finds. */
public record Bindings(List<Binding> rows) {

    public Bindings {
        rows = List.copyOf(rows);
    }
}
