package dev.odometer.api.functions.list;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameter {@code sort} of lists in version 3 of the wire API: a field, optionally followed by asc or desc. */
public record Sort<T>(T by, boolean descending) {

    /** Parses the parameter; absent, it is the default in ascending order. */
    public static <T> Sort<T> parse(@Nullable String text, Map<String, T> fields, String otherwise) {
        String[] parts = (text == null ? otherwise : text).split(" ", -1);
        if (parts.length > 2) {
            throw Refusal.invalid("sort must be a field and a direction: " + Refusal.quote(String.valueOf(text)));
        }
        T by = Bounds.choice("sort", parts[0], fields);
        boolean descending = parts.length == 2 && Bounds.choice("sort", parts[1], Map.of("asc", false, "desc", true));
        return new Sort<>(by, descending);
    }
}
