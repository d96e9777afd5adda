package dev.odometer.metering.usage;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Texts by code point, which is the order of their UTF-8 bytes and so of a database's {@code "C"} collation. */
public final class TextOrder {

    /** Greatest first, absent ones last. */
    public static final Comparator<@Nullable String> DESCENDING = Comparator.nullsLast(
            Comparator.comparing((String text) -> text, TextOrder::compare).reversed());

    private TextOrder() {}

    /** Negative, zero or positive, as {@link Comparator#compare}. */
    public static int compare(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // UTF-16 sorts surrogates below U+E000; code points do not.
                return Character.isSurrogate(x) == Character.isSurrogate(y) ? x - y : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }
}
