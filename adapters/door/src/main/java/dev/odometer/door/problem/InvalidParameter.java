package dev.odometer.door.problem;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Route;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An invalid part of the input, in the form of version 3 of the wire API. It is read from the sentence of a refusal,
 * which begins with the place, such as {@code filters.dimensions.model must be an object}.
 *
 * @param field the place; {@code body} or {@code query} for an error that concerns the whole of it
 * @param rule the violated rule, such as {@code required}; {@code invalid} for rules without a name of their own
 * @param reason the sentence
 * @param source path, query, header or body
 */
public record InvalidParameter(String field, String rule, String reason, String source) {

    private static final String UNKNOWN_FIELD = "unknown field: ";
    private static final String UNKNOWN_PARAMETER = "unknown parameter: ";
    private static final String UNKNOWN_PROPERTY = "unknown_property";
    private static final Pattern PLACE = Pattern.compile(
            "((?:[A-Za-z_]\\w*+|\\[\\d++])(?:[.\\[][^\\s:]*+)?+)(?::| must | is | requires | cannot | does not ).*",
            Pattern.DOTALL);

    private static final Map<String, String> RULES = rules();

    private static Map<String, String> rules() {
        var rules = new LinkedHashMap<String, String>();
        rules.put(" is required", "required");
        rules.put(" must not be null", "required");
        rules.put(" must not be empty", "min_length");
        rules.put(" must be one of ", "enum");
        rules.put(" must be an RFC 3339 time", "is_date_time");
        rules.put(" must be a string", "is_string");
        rules.put(" must be an object", "is_object");
        rules.put(" must be an array", "is_array");
        rules.put(" must be a list", "is_array");
        rules.put(" must be true or false", "is_boolean");
        rules.put(" must be a whole number", "is_integer");
        rules.put(" must be a number", "is_number");
        return rules;
    }

    /** The part of the route's input that the refusal is about. */
    public static InvalidParameter of(Refusal refusal, Route route) {
        String reason = refusal.detail();
        if (reason.startsWith(UNKNOWN_PARAMETER)) {
            String parameter = reason.substring(UNKNOWN_PARAMETER.length());
            return new InvalidParameter(parameter, UNKNOWN_PROPERTY, reason, "query");
        }
        if (reason.startsWith(UNKNOWN_FIELD)) {
            String field = reason.substring(UNKNOWN_FIELD.length());
            return new InvalidParameter(field, UNKNOWN_PROPERTY, reason, "body");
        }
        Matcher place = PLACE.matcher(reason);
        String whole = route.body() == Body.NONE ? "query" : "body";
        return place.matches()
                ? new InvalidParameter(
                        place.group(1), rule(reason, place.end(1)), reason, source(place.group(1), route, whole))
                : new InvalidParameter(whole, "invalid", reason, whole);
    }

    private static String rule(String reason, int end) {
        return RULES.entrySet().stream()
                .filter(rule -> reason.startsWith(rule.getKey(), end))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("invalid");
    }

    private static String source(String place, Route route, String otherwise) {
        String first = place.split("[.\\[]", 2)[0];
        return route.inputs().stream()
                .filter(input -> input.field().equals(first) || input.field().equals(place))
                .findFirst()
                .map(InvalidParameter::source)
                .orElse(otherwise);
    }

    private static String source(Input input) {
        return switch (input.source()) {
            case PATH -> "path";
            case HEADER -> "header";
            case QUERY, QUERY_LIST, QUERY_MAP, QUERY_JSON -> "query";
        };
    }
}
