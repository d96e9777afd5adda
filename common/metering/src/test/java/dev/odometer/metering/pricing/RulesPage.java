package dev.odometer.metering.pricing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The tables of {@code docs/billing-rules.md}, each with the heading above it.
 *
 * @param tables in the order of the page
 */
record RulesPage(List<Table> tables) {

    private static final Path FILE = Path.of("../../docs/billing-rules.md");

    /** A table; its rows hold the text of each cell by the name of the column. */
    record Table(String heading, List<String> columns, List<Map<String, String>> rows) {}

    static String text() {
        try {
            return Files.readString(FILE);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static RulesPage parse(String text) {
        var tables = new ArrayList<Table>();
        String heading = "";
        Optional<Table> current = Optional.empty();
        for (String line : text.lines().toList()) {
            heading = line.startsWith("#") ? line.replaceFirst("#+ *", "") : heading;
            if (!line.startsWith("|")) {
                current = Optional.empty();
            } else if (current.isEmpty()) {
                current = Optional.of(new Table(heading, cells(line), new ArrayList<>()));
                tables.add(current.get());
            } else if (!line.matches("[|: -]+")) {
                current.get().rows.add(row(current.get().columns, cells(line)));
            }
        }
        return new RulesPage(tables);
    }

    private static List<String> cells(String line) {
        return Arrays.stream(line.strip().substring(1).split("\\|", -1))
                .map(cell -> cell.strip().replace("`", ""))
                .collect(
                        Collectors.collectingAndThen(Collectors.toList(), cells -> cells.subList(0, cells.size() - 1)));
    }

    private static Map<String, String> row(List<String> columns, List<String> cells) {
        if (cells.size() != columns.size()) {
            throw new IllegalArgumentException("a row with other columns than " + columns + ": " + cells);
        }
        return IntStream.range(0, cells.size())
                .boxed()
                .collect(Collectors.toMap(columns::get, cells::get, (one, other) -> other, LinkedHashMap::new));
    }

    Optional<Table> table(String heading) {
        return tables.stream().filter(table -> table.heading.equals(heading)).findFirst();
    }
}
