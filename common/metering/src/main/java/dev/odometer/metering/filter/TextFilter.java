package dev.odometer.metering.filter;

import java.util.List;
import java.util.function.Predicate;

/**
 * A condition on a string. Comparison is by code point. In LIKE patterns {@code %} matches any string, {@code _} any
 * character, and a backslash escapes the next character.
 *
 * @param values one string, or several for IN and NIN; empty for ALL and ANY
 * @param parts the conditions that ALL and ANY combine; empty for other operators
 */
public record TextFilter(Op op, List<String> values, List<TextFilter> parts) {

    /** The operator. The ones with N are negated, those with I ignore case; ALL is a conjunction, ANY a disjunction. */
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

    /** A condition that matches every string that contains the text. */
    public static TextFilter containing(String text) {
        return of(Op.LIKE, around(text));
    }

    /** A condition that matches every string that contains the text in any case. */
    public static TextFilter containingIgnoringCase(String text) {
        return of(Op.ILIKE, around(text));
    }

    private static String around(String text) {
        return "%" + text.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    /**
     * The condition compiled to a predicate for many strings.
     *
     * @throws dev.odometer.functions.refusal.Refusal when a LIKE pattern ends with a backslash
     */
    public Predicate<String> toPredicate() {
        return switch (op) {
            case EQ, IN -> values::contains;
            case NE, NIN -> text -> !values.contains(text);
            case LIKE -> new LikePattern(values.get(0), false);
            case NLIKE -> new LikePattern(values.get(0), false).negate();
            case ILIKE -> new LikePattern(values.get(0), true);
            case NILIKE -> new LikePattern(values.get(0), true).negate();
            case GT -> text -> TextOrder.compare(text, values.get(0)) > 0;
            case GTE -> text -> TextOrder.compare(text, values.get(0)) >= 0;
            case LT -> text -> TextOrder.compare(text, values.get(0)) < 0;
            case LTE -> text -> TextOrder.compare(text, values.get(0)) <= 0;
            case ALL -> parts.stream().map(TextFilter::toPredicate).reduce(text -> true, Predicate::and);
            case ANY -> parts.stream().map(TextFilter::toPredicate).reduce(text -> false, Predicate::or);
        };
    }
}
