package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;

/**
 * Rules for stored strings: no NUL, which PostgreSQL cannot store, and no unpaired surrogate, which UTF-8 cannot
 * encode.
 */
public final class Text {

    private Text() {}

    /** Whether the text can be stored and read back unchanged. */
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

    /** Returns the text if it has 1 to {@code maxLength} characters and can be stored. */
    public static String checked(String field, String text, int maxLength) {
        if (text.isEmpty()) {
            throw Refusal.invalid(field + " must not be empty");
        }
        return bounded(field, text, maxLength);
    }

    /** Returns the text if it has at most {@code maxLength} characters and can be stored. */
    public static String bounded(String field, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw Refusal.invalid(field + " must have at most " + maxLength + " characters: " + Refusal.quote(text));
        }
        if (!isStorable(text)) {
            throw Refusal.invalid(field + " must contain neither NUL nor an unpaired surrogate");
        }
        return text;
    }
}
