package dev.odometer.event.functions.imports.format;

import dev.odometer.functions.refusal.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A CSV column that becomes a member of an event's data. */
record DataColumn(String name, String column, Type type) {

    /**
     * {@code name}, optionally followed by {@code =column} or {@code ="column"}, and then optionally by {@code :type}.
     */
    private static final Pattern ENTRY = Pattern.compile(
            "\\s*([^=:,\"\\s]+)\\s*(?:=\\s*(?:\"([^\"]+)\"|([^=:,\"]+?))\\s*)?(?::\\s*(\\w+)\\s*)?(?:,|$)");

    /** The JSON type of the member. */
    enum Type {
        STRING,
        NUMBER,
        BOOLEAN
    }

    /**
     * Parses the columns of the setting {@code data}.
     *
     * @throws IllegalArgumentException for a malformed setting
     */
    static List<DataColumn> parse(String setting) {
        var columns = new ArrayList<DataColumn>();
        Matcher entry = ENTRY.matcher(setting);
        int at = 0;
        while (at < setting.length()) {
            if (!entry.find(at) || entry.start() != at) {
                throw new IllegalArgumentException(
                        "data must be a list of name=column:type or name:type; cannot read: " + setting.substring(at));
            }
            String quoted = entry.group(2);
            String plain = entry.group(3);
            String name = entry.group(1);
            String column = quoted != null ? quoted : plain != null ? plain : name;
            columns.add(new DataColumn(name, column, type(entry.group(4))));
            at = entry.end();
        }
        return List.copyOf(columns);
    }

    @SuppressWarnings("NullAway") // an unmatched group is null
    private static Type type(String word) {
        try {
            return word == null ? Type.STRING : Type.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("a type in data must be string, number or boolean: " + word, unknown);
        }
    }

    /** The JSON value of a field that is not empty. */
    Object value(String text, NumberSyntax numbers) {
        return switch (type) {
            case STRING -> text;
            case NUMBER -> numbers.read(text, column);
            case BOOLEAN -> bool(text);
        };
    }

    private Object bool(String text) {
        if (text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false")) {
            return text.equalsIgnoreCase("true");
        }
        throw Refusal.invalid(column + " must be true or false: " + Refusal.quote(text));
    }
}
