package dev.odometer.door.http;

import dev.odometer.functions.route.Tabular;
import dev.odometer.functions.text.Rfc4180;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Writes tables as CSV (RFC 4180). */
final class Csv {

    private Csv() {}

    /** @param withoutFormulas whether a cell that a spreadsheet would run as a formula is changed */
    static byte[] write(Tabular table, boolean withoutFormulas) {
        Function<List<String>, String> line = withoutFormulas ? Rfc4180::lineWithoutFormulas : Rfc4180::line;
        var text = new StringBuilder(line.apply(table.columns()));
        table.cells().forEach(row -> text.append(line.apply(row)));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static String fileName(Tabular table) {
        return DocumentReply.safe(table.tableName()) + ".csv";
    }
}
