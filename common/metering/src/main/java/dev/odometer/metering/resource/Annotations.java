package dev.odometer.metering.resource;

import dev.odometer.functions.refusal.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Annotations of a resource: a JSON object with at most 50 members, whose names have at most 256 characters. All of its
 * values together have at most 1,000 elements and members, and its texts at most 1,024 characters.
 */
public final class Annotations {

    private static final int MAX_ENTRIES = 50;
    private static final int MAX_KEY_LENGTH = 256;
    private static final int MAX_VALUES = 1000;
    private static final int MAX_TEXT_LENGTH = 1024;

    private int values;

    private Annotations() {}

    /** A sorted, unmodifiable copy of a tree of maps, lists, texts, numbers, booleans and nulls. */
    public static Map<String, @Nullable Object> checked(Map<String, @Nullable Object> annotations) {
        if (annotations.size() > MAX_ENTRIES) {
            throw Refusal.invalid("annotations must have at most " + MAX_ENTRIES + " entries");
        }
        return new Annotations().object("annotations", annotations);
    }

    private Map<String, @Nullable Object> object(String place, Map<?, ?> tree) {
        var copy = new TreeMap<String, @Nullable Object>();
        tree.forEach((key, value) -> {
            String name = Text.bounded("a name in " + place, String.valueOf(key), MAX_KEY_LENGTH);
            copy.put(name, value(place + "." + Refusal.quote(name), value));
        });
        return Collections.unmodifiableMap(copy);
    }

    private @Nullable Object value(String place, @Nullable Object value) {
        if (++values > MAX_VALUES) {
            throw Refusal.invalid("annotations must have at most " + MAX_VALUES + " values");
        }
        if (value instanceof Map<?, ?> map) {
            return object(place, map);
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(item -> copy.add(value(place + "[" + copy.size() + "]", item)));
            return Collections.unmodifiableList(copy);
        }
        return value instanceof String text ? Text.bounded(place, text, MAX_TEXT_LENGTH) : value;
    }
}
