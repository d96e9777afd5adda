package dev.odometer.api.functions.input;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.resource.Timestamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Parses filters of one dialect: JSON objects with exactly one operator each. {@code and} and {@code or} join filters
 * but cannot be nested, so that the cost of a filter is bounded by its size. Empty texts and lists are refused.
 */
public final class Filters {

    /** The operators of versions 1 and 2, which begin with a dollar sign. */
    public static final Filters DOLLAR = new Filters(
            "$",
            Set.of(
                    "eq",
                    "ne",
                    "in",
                    "nin",
                    "like",
                    "nlike",
                    "ilike",
                    "nilike",
                    "gt",
                    "gte",
                    "lt",
                    "lte",
                    "exists",
                    "contains",
                    "ncontains",
                    "and",
                    "or"));

    /** The operators of version 3, without a dollar sign. */
    public static final Filters PLAIN =
            new Filters("", Set.of("eq", "neq", "in", "nin", "contains", "ncontains", "exists", "and", "or"));

    private static final int MAX_VALUES = 100;
    private static final int MAX_VALUE_LENGTH = 1024;
    private static final int MAX_PATTERNS_LENGTH = 4096;
    private static final Set<TextFilter.Op> PATTERNS =
            Set.of(TextFilter.Op.LIKE, TextFilter.Op.NLIKE, TextFilter.Op.ILIKE, TextFilter.Op.NILIKE);
    private static final Set<String> TIME_OPERATORS = Set.of("gt", "gte", "lt", "lte");

    private final String prefix;
    private final Set<String> textOperators;

    private Filters(String prefix, Set<String> textOperators) {
        this.prefix = prefix;
        this.textOperators = textOperators;
    }

    private record Condition(
            String place,
            String word,
            String operator,
            @Nullable Object operand) {}

    /** Parses a filter on a text. */
    public TextFilter text(String place, @Nullable Object tree) {
        Condition condition = condition(place, tree);
        if (isJoin(condition)) {
            TextFilter filter = TextFilter.joined(joinOf(condition), parts(condition, this::textLeaf));
            checkWork(condition, filter);
            return filter;
        }
        return textLeaf(condition);
    }

    /** The work per text grows with the length of all patterns. */
    private static void checkWork(Condition condition, TextFilter filter) {
        int length = filter.parts().stream()
                .filter(part -> PATTERNS.contains(part.op()))
                .mapToInt(part -> first(part).length())
                .sum();
        if (length > MAX_PATTERNS_LENGTH) {
            throw Refusal.invalid(place(condition) + " must have patterns of at most " + MAX_PATTERNS_LENGTH
                    + " characters in total, but has " + length);
        }
    }

    private static boolean isJoin(Condition condition) {
        return condition.operator.equals("and") || condition.operator.equals("or");
    }

    private static TextFilter.Op joinOf(Condition condition) {
        return condition.operator.equals("and") ? TextFilter.Op.ALL : TextFilter.Op.ANY;
    }

    private TextFilter textLeaf(Condition condition) {
        if (isJoin(condition) || !textOperators.contains(condition.operator)) {
            throw unknown(condition);
        }
        TextFilter filter = switch (condition.operator) {
            case "in", "nin" -> new TextFilter(op(condition), texts(condition), List.of());
            case "exists" -> TextFilter.of(exists(condition) ? TextFilter.Op.NE : TextFilter.Op.EQ, "");
            case "contains" -> TextFilter.containing(text(condition));
            case "ncontains" ->
                new TextFilter(
                        TextFilter.Op.NLIKE,
                        TextFilter.containing(text(condition)).values(),
                        List.of());
            default -> TextFilter.of(op(condition), text(condition));
        };
        checkPattern(condition, filter);
        return filter;
    }

    /** Compiles the filter once, so that an invalid pattern is refused before the query runs. */
    private static void checkPattern(Condition condition, TextFilter filter) {
        try {
            filter.toPredicate();
        } catch (Refusal refusal) {
            throw refusal.at(condition.place);
        }
    }

    private static TextFilter.Op op(Condition condition) {
        String operator = condition.operator.equals("neq") ? "ne" : condition.operator;
        return TextFilter.Op.valueOf(operator.toUpperCase(Locale.ROOT));
    }

    /** Parses a filter on a time. */
    public TimeFilter time(String place, @Nullable Object tree) {
        Condition condition = condition(place, tree);
        if (isJoin(condition)) {
            TimeFilter.Op join = condition.operator.equals("and") ? TimeFilter.Op.ALL : TimeFilter.Op.ANY;
            return TimeFilter.joined(join, parts(condition, this::timeLeaf));
        }
        return timeLeaf(condition);
    }

    private TimeFilter timeLeaf(Condition condition) {
        if (!TIME_OPERATORS.contains(condition.operator)) {
            throw unknown(condition);
        }
        var op = TimeFilter.Op.valueOf(condition.operator.toUpperCase(Locale.ROOT));
        return TimeFilter.of(op, Timestamp.parse(place(condition), text(condition)));
    }

    /** The values of a filter that may only be an equality or a list of values. */
    public Set<String> choices(String place, @Nullable Object tree) {
        Condition condition = condition(place, tree);
        return switch (condition.operator) {
            case "eq" -> Set.of(text(condition));
            case "in" -> Set.copyOf(texts(condition));
            default -> throw unknown(condition);
        };
    }

    /** The tree that is parsed to the filter. An operator that the dialect does not have has its name in the domain. */
    public Map<String, Object> tree(TextFilter filter) {
        String word = filter.op().name().toLowerCase(Locale.ROOT);
        return switch (filter.op()) {
            case ALL ->
                Map.of(prefix + "and", filter.parts().stream().map(this::tree).toList());
            case ANY ->
                Map.of(prefix + "or", filter.parts().stream().map(this::tree).toList());
            case IN, NIN -> Map.of(prefix + word, filter.values());
            case NE -> Map.of(prefix + (textOperators.contains("neq") ? "neq" : word), first(filter));
            case LIKE, NLIKE -> contained(filter, word);
            default -> Map.of(prefix + word, first(filter));
        };
    }

    private Map<String, Object> contained(TextFilter filter, String word) {
        String pattern = first(filter);
        boolean isAround = pattern.length() > 1 && pattern.startsWith("%") && pattern.endsWith("%");
        String text = isAround ? pattern.substring(1, pattern.length() - 1).replaceAll("\\\\(.)", "$1") : "";
        boolean isContained = isAround && TextFilter.containing(text).values().equals(filter.values());
        return isContained
                ? Map.of(prefix + (word.startsWith("n") ? "ncontains" : "contains"), text)
                : Map.of(prefix + word, pattern);
    }

    private static String first(TextFilter filter) {
        return filter.values().get(0);
    }

    /** The values of a filter that is a list of values; an empty text matches a missing value. */
    public static List<String> values(String place, @Nullable List<@Nullable String> values) {
        if (values == null || values.isEmpty() || values.size() > MAX_VALUES) {
            throw Refusal.invalid(place + " must be a list of 1 to " + MAX_VALUES + " values");
        }
        var texts = new ArrayList<String>();
        for (String value : values) {
            if (value == null) {
                throw Refusal.invalid(place + " must not contain null");
            }
            texts.add(Text.bounded(place, value, MAX_VALUE_LENGTH));
        }
        return texts;
    }

    private Condition condition(String place, @Nullable Object tree) {
        if (!(tree instanceof Map<?, ?> map) || map.size() != 1) {
            throw Refusal.invalid(place + " must be an object with exactly one operator");
        }
        Map.Entry<?, ?> only = map.entrySet().iterator().next();
        String word = String.valueOf(only.getKey());
        String operator = word.startsWith(prefix) ? word.substring(prefix.length()) : "";
        return new Condition(place, word, operator, only.getValue());
    }

    private static Refusal unknown(Condition condition) {
        return Refusal.invalid(condition.place + " does not support the operator " + Refusal.quote(condition.word));
    }

    private <T> List<T> parts(Condition condition, Function<Condition, T> leaf) {
        var parts = new ArrayList<T>();
        for (Object part : list(condition)) {
            parts.add(leaf.apply(condition(place(condition) + "[" + parts.size() + "]", part)));
        }
        return parts;
    }

    private static List<String> texts(Condition condition) {
        var texts = new ArrayList<String>();
        for (Object item : list(condition)) {
            texts.add(string(place(condition) + "[" + texts.size() + "]", item));
        }
        return texts;
    }

    private static List<?> list(Condition condition) {
        if (!(condition.operand instanceof List<?> list) || list.isEmpty() || list.size() > MAX_VALUES) {
            throw Refusal.invalid(place(condition) + " must be a list of 1 to " + MAX_VALUES + " values");
        }
        return list;
    }

    private static String text(Condition condition) {
        return string(place(condition), condition.operand);
    }

    private static String string(String place, @Nullable Object value) {
        if (!(value instanceof String text)) {
            throw Refusal.invalid(place + " must be a string");
        }
        return Text.checked(place, text, MAX_VALUE_LENGTH);
    }

    private static boolean exists(Condition condition) {
        if (!(condition.operand instanceof Boolean value)) {
            throw Refusal.invalid(place(condition) + " must be true or false");
        }
        return value;
    }

    private static String place(Condition condition) {
        return condition.place + "." + condition.word;
    }
}
