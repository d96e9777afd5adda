package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;
import java.util.regex.Pattern;

/** The names people give: {@code ^[a-z0-9]+(?:_[a-z0-9]+)*$}, 1 to 64 characters. */
public final class Slug {

    private static final int LONGEST = 64;
    // Possessive: the plain form backtracks badly on long near misses.
    private static final Pattern FORM = Pattern.compile("[a-z0-9]++(?:_[a-z0-9]++)*+");

    private Slug() {}

    /** The same text, when it is a slug. */
    public static String parse(String field, String text) {
        if (text.isEmpty() || text.length() > LONGEST || !FORM.matcher(text).matches()) {
            throw Refusal.invalid(field + " must be 1 to 64 lower-case letters, digits and single underscores: "
                    + Refusal.quote(text));
        }
        return text;
    }
}
