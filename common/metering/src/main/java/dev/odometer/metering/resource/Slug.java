package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;
import java.util.regex.Pattern;

/** Validates slugs, the keys that clients choose: {@code ^[a-z0-9]+(?:_[a-z0-9]+)*$}, 1 to 64 characters. */
public final class Slug {

    private static final int MAX_LENGTH = 64;
    // Possessive quantifiers: greedy ones backtrack excessively on long inputs that almost match.
    private static final Pattern FORM = Pattern.compile("[a-z0-9]++(?:_[a-z0-9]++)*+");

    private Slug() {}

    /** Returns the text if it is a slug. */
    public static String parse(String field, String text) {
        if (text.isEmpty() || text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            throw Refusal.invalid(field + " must be 1 to 64 lower-case letters, digits and single underscores: "
                    + Refusal.quote(text));
        }
        return text;
    }
}
