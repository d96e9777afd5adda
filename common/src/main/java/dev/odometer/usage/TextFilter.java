package dev.odometer.usage;

import dev.odometer.refusal.Refusal;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A condition on a text. Order is by code point; in LIKE patterns {@code %} is any text, {@code _} any character and a
 * backslash takes the next character as it is.
 *
 * @param values one text, or for IN and NIN several; empty for ALL and ANY
 * @param parts the conditions that ALL and ANY join, else empty
 */
public record TextFilter(Op op, List<String> values, List<TextFilter> parts) {

    /** What is compared, and how. */
    public enum Op {
        EQ,
        NE,
        IN,
        NIN,
        LIKE,
        NLIKE,
        ILIKE,
        NILIKE,
        GT,
        GTE,
        LT,
        LTE,
        ALL,
        ANY
    }

    public TextFilter {
        values = List.copyOf(values);
        parts = List.copyOf(parts);
    }

    public static TextFilter of(Op op, String value) {
        return new TextFilter(op, List.of(value), List.of());
    }

    public static TextFilter in(List<String> values) {
        return new TextFilter(Op.IN, values, List.of());
    }

    public static TextFilter joined(Op op, List<TextFilter> parts) {
        return new TextFilter(op, List.of(), parts);
    }

    /** A condition that holds for every text with this one inside. */
    public static TextFilter containing(String text) {
        return of(Op.LIKE, "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%");
    }

    /** The condition, made ready to test many texts. */
    public Predicate<String> toPredicate() {
        return switch (op) {
            case EQ, IN -> values::contains;
            case NE, NIN -> text -> !values.contains(text);
            case LIKE -> like(Pattern.DOTALL);
            case NLIKE -> like(Pattern.DOTALL).negate();
            case ILIKE -> like(Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            case NILIKE ->
                like(Pattern.DOTALL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .negate();
            case GT -> text -> TextOrder.compare(text, values.get(0)) > 0;
            case GTE -> text -> TextOrder.compare(text, values.get(0)) >= 0;
            case LT -> text -> TextOrder.compare(text, values.get(0)) < 0;
            case LTE -> text -> TextOrder.compare(text, values.get(0)) <= 0;
            case ALL -> parts.stream().map(TextFilter::toPredicate).reduce(text -> true, Predicate::and);
            case ANY -> parts.stream().map(TextFilter::toPredicate).reduce(text -> false, Predicate::or);
        };
    }

    private Predicate<String> like(int flags) {
        return Pattern.compile(regex(values.get(0)), flags).asMatchPredicate();
    }

    /** Runs of % become one: several in a row match the same and backtrack for ever. */
    private static String regex(String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 == pattern.length()) {
                throw Refusal.invalid("a LIKE pattern must not end with a backslash: " + Refusal.quote(pattern));
            } else if (c == '\\') {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
            } else if (c == '%') {
                regex.append(regex.toString().endsWith(".*") ? "" : ".*");
            } else {
                regex.append(c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return regex.toString();
    }
}
