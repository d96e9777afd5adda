package dev.odometer.postgres.backup;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The tables and sequences of a schema.
 *
 * @param version the version of its last migration
 * @param tables a table comes after those that its foreign keys refer to
 */
record Layout(int version, List<Table> tables, List<Sequence> sequences) {

    /** @param columns without generated ones, which cannot be written */
    record Table(String name, List<String> columns) {

        /** The table and its columns, as in {@code copy}. */
        String definition() {
            return quoted(name) + " ("
                    + String.join(", ", columns.stream().map(Layout::quoted).toList()) + ")";
        }

        String in(String schema) {
            return quoted(schema) + "." + definition();
        }
    }

    /** @param isCalled whether {@code last} was returned already, so that the next value follows it */
    record Sequence(String name, long last, boolean isCalled) {}

    static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /**
     * Sorts tables by their foreign keys.
     *
     * @param references the tables that each table refers to, without itself
     */
    static List<Table> sorted(List<Table> tables, Map<String, Set<String>> references) {
        var sorted = new ArrayList<Table>();
        var names = new HashSet<String>();
        while (sorted.size() < tables.size()) {
            List<Table> next = tables.stream()
                    .filter(table -> !names.contains(table.name())
                            && names.containsAll(references.getOrDefault(table.name(), Set.of())))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("foreign keys form a cycle: " + references);
            }
            sorted.addAll(next);
            next.forEach(table -> names.add(table.name()));
        }
        return sorted;
    }
}
