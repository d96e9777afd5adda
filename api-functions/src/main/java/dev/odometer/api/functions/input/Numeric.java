package dev.odometer.api.functions.input;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Amounts and quantities of billing in the wire API: strings of plain digits, such as {@code "0.005"}. */
public final class Numeric {

    private static final int MAX_LENGTH = 64;
    private static final Pattern FORM = Pattern.compile("-?+[0-9]++(?:\\.[0-9]++)?+");

    private Numeric() {}

    /** @throws Refusal when the text is not a decimal without an exponent, of at most 64 characters */
    public static BigDecimal parse(String field, String text) {
        if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            throw Refusal.invalid(field + " must be a string that contains a decimal of at most " + MAX_LENGTH
                    + " characters: " + Refusal.quote(text));
        }
        return new BigDecimal(text);
    }

    /** The decimal of a field that must not be absent. */
    public static BigDecimal required(String field, @Nullable String text) {
        return parse(field, Bounds.required(field, text));
    }

    /** The decimal, or null when it is absent. */
    public static @Nullable BigDecimal nullable(String field, @Nullable String text) {
        return text == null ? null : parse(field, text);
    }
}
