package dev.odometer.metering.meter;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way to a value in an event's data: the part of JSONPath that names exactly one place. {@code $.a}, {@code $.a.b},
 * {@code $.a[0]} and {@code $["a-b"]} are understood; wildcards, filters, slices and recursion are refused.
 */
public final class ValuePath {

    private static final int LONGEST = 512;
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*+)|\\[(\\d{1,9})]|\\[\"([^\"\\\\]*+)\"]|\\['([^'\\\\]*+)']");

    private final String text;
    private final List<Object> steps;

    private ValuePath(String text, List<Object> steps) {
        this.text = text;
        this.steps = steps;
    }

    /** @throws Refusal when the text is no path of the understood form */
    public static ValuePath parse(String text) {
        if (text.length() > LONGEST || !text.startsWith("$")) {
            throw Refusal.invalid("JSONPath must start with $ and have at most 512 characters: " + Refusal.quote(text));
        }
        var steps = new ArrayList<Object>();
        Matcher step = STEP.matcher(text).region(1, text.length());
        while (step.lookingAt()) {
            steps.add(stepOf(step));
            step.region(step.end(), text.length());
        }
        if (steps.isEmpty() || step.regionStart() != text.length()) {
            throw Refusal.invalid("JSONPath must be made of .name, [0] and [\"name\"]: " + Refusal.quote(text));
        }
        Text.bounded("JSONPath", text, LONGEST);
        return new ValuePath(text, List.copyOf(steps));
    }

    private static Object stepOf(Matcher step) {
        if (step.group(2) != null) {
            return Integer.valueOf(step.group(2));
        }
        String name = step.group(1);
        if (name == null) {
            name = step.group(3) != null ? step.group(3) : step.group(4);
        }
        return name;
    }

    /** What stands at the place: a value or JSON null inside {@link Place}, or nothing when there is no such place. */
    public Optional<Place> read(Map<String, @Nullable Object> data) {
        Object here = data;
        for (Object step : steps) {
            if (step instanceof Integer index) {
                if (!(here instanceof List<?> list) || index >= list.size()) {
                    return Optional.empty();
                }
                here = list.get(index);
            } else {
                if (!(here instanceof Map<?, ?> map) || !map.containsKey(step)) {
                    return Optional.empty();
                }
                here = map.get(step);
            }
        }
        return Optional.of(new Place(here));
    }

    @Override
    public String toString() {
        return text;
    }

    /** A place that exists in the data, and what it holds; {@code null} is JSON's null. */
    public record Place(@Nullable Object value) {}
}
