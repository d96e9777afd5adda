package dev.odometer.door.http;

import dev.odometer.functions.route.Tabular;
import dev.odometer.functions.text.Rfc4180;
import java.nio.charset.StandardCharsets;

/** Writes tables as CSV (RFC 4180). */
final class Csv {

    private Csv() {}

    static byte[] write(Tabular table) {
        var text = new StringBuilder(Rfc4180.line(table.columns()));
        table.cells().forEach(row -> text.append(Rfc4180.line(row)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The file name. Characters that are unsafe in a header value are replaced by underscores. */
    static String fileName(Tabular table) {
        return table.tableName().replaceAll("[^A-Za-z0-9._-]", "_") + ".csv";
    }
}
