package dev.odometer.functions.text;

import java.util.List;
import java.util.stream.Collectors;

/** Lines of CSV as in RFC 4180, but ended by a bare line feed, which is what clients have come to expect. */
public final class Rfc4180 {

    private Rfc4180() {}

    public static String line(List<String> cells) {
        return cells.stream().map(Rfc4180::cell).collect(Collectors.joining(",", "", "\n"));
    }

    private static String cell(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
