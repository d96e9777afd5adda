package dev.odometer.functions.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes lines of CSV as in RFC 4180, but with a bare line feed at the end, which existing clients expect. */
public final class Rfc4180 {

    private static final Pattern NUMBER = Pattern.compile("-\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private Rfc4180() {}

    /** A line with the cells exactly as they are. */
    public static String line(List<String> cells) {
        return cells.stream().map(Rfc4180::cell).collect(Collectors.joining(",", "", "\n"));
    }

    /**
     * A line that is safe to open in a spreadsheet: an apostrophe precedes the text of a cell that a spreadsheet would
     * run as a formula. Subjects and group values are chosen by those who send events. Numbers keep their minus sign. See
     * https://owasp.org/www-community/attacks/CSV_Injection.
     */
    public static String lineWithoutFormulas(List<String> cells) {
        return line(cells.stream().map(Rfc4180::withoutFormula).toList());
    }

    private static String withoutFormula(String value) {
        boolean isFormula = !value.isEmpty()
                && "=+-@\t\r\n".indexOf(value.charAt(0)) >= 0
                && !NUMBER.matcher(value).matches();
        return isFormula ? "'" + value : value;
    }

    private static String cell(String value) {
        boolean plain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
