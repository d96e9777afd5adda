package dev.odometer.door.json;

import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Converts text from a path, a query or a header to the JSON type that its field expects. */
public final class TextNode {

    private static final Set<Class<?>> WHOLE =
            Set.of(int.class, Integer.class, long.class, Long.class, BigInteger.class);
    private static final Set<Class<?>> DECIMAL = Set.of(BigDecimal.class, double.class, Double.class);
    private static final Pattern WHOLE_FORM = Pattern.compile("-?+\\d{1,40}+");
    private static final Pattern DECIMAL_FORM =
            Pattern.compile("-?+\\d{1,400}+(?:\\.\\d{1,400}+)?+(?:[eE][+-]?+\\d{1,3}+)?+");

    private TextNode() {}

    /** @throws Refusal naming the field, when its type does not allow the text */
    public static JsonNode of(String field, String text, JavaType type) {
        var nodes = JsonNodeFactory.instance;
        Class<?> raw = type.getRawClass();
        if (type.isCollectionLikeType()) {
            return nodes.arrayNode().add(of(field, text, type.getContentType()));
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return nodes.booleanNode(Boolean.parseBoolean(checked(field, text, raw, text.matches("true|false"))));
        }
        if (WHOLE.contains(raw)) {
            boolean fits = WHOLE_FORM.matcher(text).matches();
            return nodes.numberNode(new BigInteger(checked(field, text, raw, fits)));
        }
        if (DECIMAL.contains(raw)) {
            boolean fits = DECIMAL_FORM.matcher(text).matches();
            return nodes.numberNode(new BigDecimal(checked(field, text, raw, fits)));
        }
        return nodes.stringNode(text);
    }

    private static String checked(String field, String text, Class<?> type, boolean fits) {
        if (!fits) {
            throw Refusal.invalid(field + " must be " + Expectation.of(type) + ": " + Refusal.quote(text));
        }
        return text;
    }
}
