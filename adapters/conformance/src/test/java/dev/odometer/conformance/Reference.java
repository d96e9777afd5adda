package dev.odometer.conformance;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Mode;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.schedule.Schedule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Compares {@code docs/reference.md} with the tables: it has one line for each row. */
final class Reference {

    static final String FILE = "docs/reference.md";

    private Reference() {}

    /** The lines to add to and remove from the text; empty if it matches the tables. */
    static List<String> findings(String text, List<Wiring.Row> rows) {
        var superfluous = new ArrayList<>(
                text.lines().filter(line -> line.startsWith("| `")).toList());
        var missing = rows.stream()
                .map(Reference::line)
                .filter(line -> !superfluous.remove(line))
                .toList();
        var findings = new ArrayList<String>();
        missing.forEach(line -> findings.add("add to " + FILE + ": " + line));
        superfluous.forEach(line -> findings.add("remove from " + FILE + ": " + line));
        return findings;
    }

    private static String line(Wiring.Row row) {
        String module = row.module().getName().replace("dev.odometer.", "");
        return "| `" + row.function() + "` | " + trigger(row.row()) + " | `" + module + "` |";
    }

    private static String trigger(Object row) {
        if (row instanceof Route route) {
            return "`" + route.method() + " " + route.path() + "`";
        }
        if (row instanceof Schedule schedule) {
            return "schedule `" + schedule.name() + "`: `" + schedule.cron() + "`";
        }
        Binding binding = (Binding) row;
        return "channel `" + binding.channel() + "`: " + words(binding.payload())
                + (binding.mode() == Mode.BATCH ? " in batches, order " : " one at a time, order ")
                + words(binding.ordering()) + ", " + binding.attempts() + " attempts, dead letters in `"
                + binding.deadLetterChannel() + "`";
    }

    private static String words(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
