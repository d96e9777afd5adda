package dev.odometer.door;

import dev.odometer.functions.route.Tabular;
import dev.odometer.functions.text.Rfc4180;
import java.nio.charset.StandardCharsets;

/** A table as CSV. */
final class Csv {

    private Csv() {}

    static byte[] write(Tabular table) {
        var text = new StringBuilder(Rfc4180.line(table.columns()));
        table.cells().forEach(row -> text.append(Rfc4180.line(row)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The name for the file; a character that could end the header's value becomes a line. */
    static String fileName(Tabular table) {
        return table.tableName().replaceAll("[^A-Za-z0-9._-]", "_") + ".csv";
    }
}
