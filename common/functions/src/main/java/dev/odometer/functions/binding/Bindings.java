package dev.odometer.functions.binding;

import java.util.List;

/** A module's table of bindings. The door merges the tables of all modules. */
public record Bindings(List<Binding> rows) {

    public Bindings {
        rows = List.copyOf(rows);
    }
}
