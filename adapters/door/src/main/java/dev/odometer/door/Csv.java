package dev.odometer.door;

import dev.odometer.binding.Tabular;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** A table as RFC 4180 text, but with lines that end in a bare line feed, which is what clients have come to expect. */
final class Csv {

    private Csv() {}

    static byte[] write(Tabular table) {
        var text = new StringBuilder();
        line(text, table.columns());
        table.cells().forEach(row -> line(text, row));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static void line(StringBuilder text, List<String> cells) {
        text.append(cells.stream().map(Csv::cell).collect(Collectors.joining(",")))
                .append('\n');
    }

    private static String cell(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }

    /** The name for the file; a character that could end the header's value becomes a line. */
    static String fileName(Tabular table) {
        return table.tableName().replaceAll("[^A-Za-z0-9._-]", "_") + ".csv";
    }
}
