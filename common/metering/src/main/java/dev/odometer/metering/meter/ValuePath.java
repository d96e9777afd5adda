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
 * A path to a value in an event's data: the subset of JSONPath that selects at most one node, such as {@code $.a},
 * {@code $.a.b}, {@code $.a[0]} and {@code $["a-b"]}. Wildcards, filters, slices and recursion are refused.
 */
public final class ValuePath {

    private static final int MAX_LENGTH = 512;
    private static final Pattern STEP =
            Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*+)|\\[(\\d{1,9})]|\\[\"([^\"\\\\]*+)\"]|\\['([^'\\\\]*+)']");

    private final String text;
    private final List<Object> steps;

    private ValuePath(String text, List<Object> steps) {
        this.text = text;
        this.steps = steps;
    }

    /** @throws Refusal when the text is not a path of the supported subset */
    public static ValuePath parse(String text) {
        if (text.length() > MAX_LENGTH || !text.startsWith("$")) {
            throw Refusal.invalid("JSONPath must start with $ and have at most 512 characters: " + Refusal.quote(text));
        }
        var steps = new ArrayList<Object>();
        Matcher step = STEP.matcher(text).region(1, text.length());
        while (step.lookingAt()) {
            steps.add(stepOf(step));
            step.region(step.end(), text.length());
        }
        if (steps.isEmpty() || step.regionStart() != text.length()) {
            throw Refusal.invalid("JSONPath must consist of .name, [0] and [\"name\"]: " + Refusal.quote(text));
        }
        Text.bounded("JSONPath", text, MAX_LENGTH);
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

    /** The node that the path selects, which may hold JSON null; empty when there is no such node. */
    public Optional<Node> read(Map<String, @Nullable Object> data) {
        Object node = data;
        for (Object step : steps) {
            if (step instanceof Integer index) {
                if (!(node instanceof List<?> list) || index >= list.size()) {
                    return Optional.empty();
                }
                node = list.get(index);
            } else {
                if (!(node instanceof Map<?, ?> map) || !map.containsKey(step)) {
                    return Optional.empty();
                }
                node = map.get(step);
            }
        }
        return Optional.of(new Node(node));
    }

    @Override
    public String toString() {
        return text;
    }

    /** A node that exists in the data; a {@code null} value is JSON null. */
    public record Node(@Nullable Object value) {}
}
