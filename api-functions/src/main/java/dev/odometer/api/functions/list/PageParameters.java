package dev.odometer.api.functions.list;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.PageRequest;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The parameters {@code page[…]} of lists in version 3 of the wire API. */
public record PageParameters(Map<String, String> values) {

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,9}");
    private static final int DEFAULT_SIZE = 20;
    private static final int MAX_CURSOR_SIZE = 100;

    public PageParameters {
        values = Map.copyOf(values);
    }

    /** @throws Refusal for a name that is not among these */
    public static PageParameters of(@Nullable Map<String, String> page, String... names) {
        Map<String, String> values = page == null ? Map.of() : page;
        for (String name : values.keySet()) {
            if (!Set.of(names).contains(name)) {
                throw Refusal.invalid("unknown parameter: page[" + Refusal.quote(name) + "]");
            }
        }
        return new PageParameters(values);
    }

    /** The page of a list that is read by page number, of 1 to 1,000 items; 20 when absent. */
    public static PageRequest numbered(@Nullable Map<String, String> page) {
        PageParameters parameters = of(page, "number", "size");
        return new PageRequest(
                parameters.number("number", 1, Integer.MAX_VALUE),
                parameters.number("size", DEFAULT_SIZE, PageRequest.MAX_SIZE));
    }

    /** {@code page[size]} of a list that is read by cursor, 1 to 100; 20 when absent. */
    public int size() {
        return number("size", DEFAULT_SIZE, MAX_CURSOR_SIZE);
    }

    private int number(String name, int otherwise, int largest) {
        String text = values.get(name);
        if (text == null) {
            return otherwise;
        }
        String field = "page[" + name + "]";
        if (!NUMBER.matcher(text).matches()) {
            throw Refusal.invalid(field + " must be a whole number: " + Refusal.quote(text));
        }
        return Bounds.within(field, Integer.parseInt(text), 1, largest);
    }
}
