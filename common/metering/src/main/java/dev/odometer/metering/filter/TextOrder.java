package dev.odometer.metering.filter;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Orders strings by code point. This is the order of their UTF-8 bytes, and so of PostgreSQL's {@code "C"} collation.
 */
public final class TextOrder {

    /** Descending, nulls last. */
    public static final Comparator<@Nullable String> DESCENDING = Comparator.nullsLast(
            Comparator.comparing((String text) -> text, TextOrder::compare).reversed());

    private TextOrder() {}

    /** Negative, zero or positive, like {@link Comparator#compare}. */
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // In UTF-16, surrogates are below U+E000; the code points they encode are above.
                return Character.isSurrogate(x) == Character.isSurrogate(y) ? x - y : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
