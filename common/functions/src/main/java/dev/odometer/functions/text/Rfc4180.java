package dev.odometer.functions.text;

import java.util.List;
import java.util.stream.Collectors;

/** Writes lines of CSV as in RFC 4180, but with a bare line feed at the end, which existing clients expect. */
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
