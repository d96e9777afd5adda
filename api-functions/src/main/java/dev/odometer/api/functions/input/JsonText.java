package dev.odometer.api.functions.input;

import dev.odometer.functions.refusal.Refusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Texts that must be JSON as RFC 8259 has it, and are kept as they are: read here without a library, which functions do
 * not know, and to no more than 100 levels.
 */
public final class JsonText {

    private static final int DEEPEST = 100;
    // Possessive, so that the time is linear in the text.
    private static final Pattern SPACE = Pattern.compile("[ \\t\\n\\r]*+");
    private static final Pattern CHARACTERS = Pattern.compile("[^\"\\\\\\x00-\\x1f]++");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4})");
    private static final Pattern OTHER_SCALAR =
            Pattern.compile("true|false|null|-?+(?:0|[1-9][0-9]*+)(?:\\.[0-9]++)?+(?:[eE][+-]?+[0-9]++)?+");

    private final String text;
    private int position;

    private JsonText(String text) {
        this.text = text;
    }

    /** The same text, when it is one JSON document. */
    public static String checked(String field, String text) {
        var json = new JsonText(text);
        boolean whole = json.value(DEEPEST) && json.position == text.length();
        if (!whole) {
            throw Refusal.invalid(field + " must be JSON, in a string: " + Refusal.quote(text));
        }
        return text;
    }

    private boolean value(int levels) {
        skip(SPACE);
        boolean is;
        if (takes('{')) {
            is = levels > 0 && members(levels - 1);
        } else if (takes('[')) {
            is = levels > 0 && elements(levels - 1);
        } else {
            is = string() || skip(OTHER_SCALAR);
        }
        skip(SPACE);
        return is;
    }

    private boolean members(int levels) {
        skip(SPACE);
        if (takes('}')) {
            return true;
        }
        do {
            skip(SPACE);
            if (!string()) {
                return false;
            }
            skip(SPACE);
            if (!takes(':') || !value(levels)) {
                return false;
            }
        } while (takes(','));
        return takes('}');
    }

    private boolean elements(int levels) {
        skip(SPACE);
        if (takes(']')) {
            return true;
        }
        do {
            if (!value(levels)) {
                return false;
            }
        } while (takes(','));
        return takes(']');
    }

    /** In a loop: a pattern for all of it would need a stack as deep as the string is long. */
    private boolean string() {
        if (!takes('"')) {
            return false;
        }
        boolean more = true;
        while (more) {
            more = skip(CHARACTERS) || skip(ESCAPE);
        }
        return takes('"');
    }

    private boolean takes(char c) {
        boolean is = position < text.length() && text.charAt(position) == c;
        position += is ? 1 : 0;
        return is;
    }

    private boolean skip(Pattern pattern) {
        Matcher matcher = pattern.matcher(text).region(position, text.length());
        boolean is = matcher.lookingAt();
        position = is ? matcher.end() : position;
        return is;
    }
}
