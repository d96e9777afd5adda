package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;

/** Rules for texts that are stored: no NUL and no half of a surrogate pair, which UTF-8 and databases cannot hold. */
public final class Text {

    private Text() {}

    /** Whether the text can be stored and read back as it is. */
    public static boolean isStorable(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\0') {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (!startsPair(text, i)) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }

    private static boolean startsPair(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                && i + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(i + 1));
    }

    /** The same text, when it has 1 to {@code longest} characters and can be stored. */
    public static String checked(String field, String text, int longest) {
        if (text.isEmpty()) {
            throw Refusal.invalid(field + " must not be empty");
        }
        return bounded(field, text, longest);
    }

    /** The same text, when it has at most {@code longest} characters and can be stored. */
    public static String bounded(String field, String text, int longest) {
        if (text.length() > longest) {
            throw Refusal.invalid(field + " must have at most " + longest + " characters: " + Refusal.quote(text));
        }
        if (!isStorable(text)) {
            throw Refusal.invalid(field + " must contain neither NUL nor half of a surrogate pair");
        }
        return text;
    }
}
