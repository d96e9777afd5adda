package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How the numbers of a CSV file are written: as in JSON, optionally with another decimal separator and with digits in
 * groups of three. A number without groups is valid too. Thread-safe.
 */
final class NumberSyntax {

    /** As in the JSON of the API. */
    private static final int MAX_LENGTH = 1000;

    private static final int MAX_LONG_DIGITS = 18;
    private static final Pattern JSON = Pattern.compile("-?(?:0|[1-9]\\d*)(?:\\.\\d+)?(?:[eE][+-]?\\d+)?");

    private final boolean isJson;
    private final char decimal;
    private final Pattern grouping;
    private final Pattern grouped;

    private NumberSyntax(boolean isJson, char decimal, String groupings) {
        this.isJson = isJson;
        this.decimal = decimal;
        this.grouping = Pattern.compile("[" + Pattern.quote(groupings) + "]");
        this.grouped = Pattern.compile("-?(?:\\d+|\\d{1,3}(?:" + grouping + "\\d{3})+)(?:" + Pattern.quote("" + decimal)
                + "\\d+)?(?:[eE][+-]?\\d+)?");
    }

    /**
     * Reads the settings {@code decimal-separator} and {@code grouping-separator}; null for a point and for no groups.
     *
     * @throws IllegalArgumentException for an unknown separator, or the same one for both
     */
    static NumberSyntax of(@Nullable String decimal, @Nullable String grouping) {
        char point = decimal == null ? '.' : decimal.charAt(0);
        if (decimal != null && !decimal.equals(".") && !decimal.equals(",")) {
            throw new IllegalArgumentException("decimal-separator must be . or ,: " + decimal);
        }
        if (grouping == null) {
            return new NumberSyntax(point == '.', point, "\0");
        }
        String characters = switch (grouping) {
            case ".", "," -> grouping;
            case "'" -> "'\u2019";
            case "space" -> " \u00A0\u2009\u202F";
            default -> throw new IllegalArgumentException("grouping-separator must be . , ' or space: " + grouping);
        };
        if (characters.indexOf(point) >= 0) {
            throw new IllegalArgumentException("decimal-separator and grouping-separator must differ: " + grouping);
        }
        return new NumberSyntax(false, point, characters);
    }

    /**
     * The value of a field.
     *
     * @param column the column's name, for the refusal
     * @throws Refusal when the text is not a number in this syntax
     */
    Number read(String text, String column) {
        String json = isJson ? text : json(text);
        if (json.length() > MAX_LENGTH || !isNumber(json)) {
            throw refusal(text, column);
        }
        if (json.indexOf('.') < 0 && json.indexOf('e') < 0 && json.indexOf('E') < 0) {
            return json.length() <= MAX_LONG_DIGITS ? BigInteger.valueOf(Long.parseLong(json)) : new BigInteger(json);
        }
        try {
            return new BigDecimal(json);
        } catch (NumberFormatException exponentOutOfRange) {
            throw refusal(text, column);
        }
    }

    private Refusal refusal(String text, String column) {
        return Refusal.invalid(column + " must be a " + (isJson ? "JSON number" : "number in the profile's format")
                + ": " + Refusal.quote(text));
    }

    /** The number as JSON; empty if it is not in this syntax. */
    private String json(String text) {
        // The length is checked first, because matching a text takes time in proportion to it.
        return text.length() <= 2 * MAX_LENGTH && grouped.matcher(text).matches()
                ? grouping.matcher(text).replaceAll("").replace(decimal, '.')
                : "";
    }

    /** Checks integers without the pattern, which would cost more than parsing the rest of the line. */
    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || (i == 0 && c == '0' && text.length() > 1)) {
                return JSON.matcher(text).matches();
            }
        }
        return !text.isEmpty();
    }
}
