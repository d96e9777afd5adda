package dev.odometer.api.functions.input;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.resource.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parameters {@code filter[field][operator]=value} of lists in version 3 of the wire API; {@code
 * filter[field]=value} is an equality, and {@code contains} ignores case. Several filters of one field must all match.
 * Lists of values are separated by commas.
 */
public final class QueryFilters {

    private static final int MAX_VALUES = 100;
    private static final int MAX_VALUE_LENGTH = 1024;
    private static final Map<String, TextFilter.Op> COMPARISONS = Map.of(
            "eq", TextFilter.Op.EQ,
            "neq", TextFilter.Op.NE,
            "gt", TextFilter.Op.GT,
            "gte", TextFilter.Op.GTE,
            "lt", TextFilter.Op.LT,
            "lte", TextFilter.Op.LTE);
    private static final Map<String, TimeFilter.Op> TIME_COMPARISONS = Map.of(
            "gt", TimeFilter.Op.GT,
            "gte", TimeFilter.Op.GTE,
            "lt", TimeFilter.Op.LT,
            "lte", TimeFilter.Op.LTE);

    private final Map<String, Map<String, String>> fields;

    private QueryFilters(Map<String, Map<String, String>> fields) {
        this.fields = fields;
    }

    /**
     * The filters of a query.
     *
     * @param filter values by the text between the outer brackets: {@code key} or {@code key][eq}
     * @throws Refusal for a field that is not among these
     */
    public static QueryFilters of(@Nullable Map<String, String> filter, Set<String> known) {
        var fields = new HashMap<String, Map<String, String>>();
        (filter == null ? Map.<String, String>of() : filter).forEach((place, value) -> {
            int end = place.indexOf("][");
            String field = end < 0 ? place : place.substring(0, end);
            String operator = end < 0 ? "eq" : place.substring(end + 2);
            if (!known.contains(field)) {
                throw Refusal.invalid("unknown parameter: filter[" + Refusal.quote(field) + "]");
            }
            Text.checked("filter[" + field + "]", value, MAX_VALUE_LENGTH);
            String other =
                    fields.computeIfAbsent(field, name -> new TreeMap<>()).put(operator, value);
            if (other != null) {
                throw Refusal.invalid("filter[" + field + "] must be given at most once");
            }
        });
        return new QueryFilters(fields);
    }

    /** The filter on a text; null if there is none. */
    public @Nullable TextFilter text(String field) {
        var parts = new ArrayList<TextFilter>();
        conditions(field).forEach((operator, value) -> parts.add(text(field, operator, value)));
        return parts.size() < 2 ? parts.stream().findFirst().orElse(null) : TextFilter.joined(TextFilter.Op.ALL, parts);
    }

    private static TextFilter text(String field, String operator, String value) {
        TextFilter.Op comparison = COMPARISONS.get(operator);
        if (comparison != null) {
            return TextFilter.of(comparison, value);
        }
        return switch (operator) {
            case "contains" -> TextFilter.containingIgnoringCase(value);
            case "oeq" -> TextFilter.in(List.copyOf(values(field, value)));
            case "ocontains" ->
                TextFilter.joined(
                        TextFilter.Op.ANY,
                        values(field, value).stream()
                                .map(TextFilter::containingIgnoringCase)
                                .toList());
            case "exists" -> TextFilter.of(isTrue(field, value) ? TextFilter.Op.NE : TextFilter.Op.EQ, "");
            default -> throw unknown(field, operator);
        };
    }

    /** The filter on a time; null if there is none. */
    public @Nullable TimeFilter time(String field) {
        return joined(times(field));
    }

    /** The filter on a time that has two names; null if there is none. */
    public @Nullable TimeFilter time(String field, String other) {
        var parts = times(field);
        parts.addAll(times(other));
        return joined(parts);
    }

    private static @Nullable TimeFilter joined(List<TimeFilter> parts) {
        return parts.size() < 2 ? parts.stream().findFirst().orElse(null) : TimeFilter.joined(TimeFilter.Op.ALL, parts);
    }

    private List<TimeFilter> times(String field) {
        var parts = new ArrayList<TimeFilter>();
        conditions(field).forEach((operator, value) -> {
            TimeFilter.Op comparison = TIME_COMPARISONS.get(operator);
            var time = Timestamp.parse("filter[" + field + "][" + operator + "]", value);
            if (comparison != null) {
                parts.add(TimeFilter.of(comparison, time));
            } else if (operator.equals("eq")) {
                parts.add(TimeFilter.of(TimeFilter.Op.GTE, time));
                parts.add(TimeFilter.of(TimeFilter.Op.LTE, time));
            } else {
                throw unknown(field, operator);
            }
        });
        return parts;
    }

    /** The values of a filter that may only be an equality or a list of values; empty if there is none. */
    public Set<String> choices(String field) {
        Map<String, String> conditions = conditions(field);
        if (conditions.size() > 1) {
            throw Refusal.invalid("filter[" + field + "] must have one operator");
        }
        var choices = new LinkedHashSet<String>();
        conditions.forEach((operator, value) -> {
            switch (operator) {
                case "eq" -> choices.add(value);
                case "oeq" -> choices.addAll(values(field, value));
                default -> throw unknown(field, operator);
            }
        });
        return choices;
    }

    private Map<String, String> conditions(String field) {
        return fields.getOrDefault(field, Map.of());
    }

    private static Set<String> values(String field, String list) {
        var values = new LinkedHashSet<>(List.of(list.split(",", -1)));
        if (values.size() > MAX_VALUES || values.contains("")) {
            throw Refusal.invalid(
                    "filter[" + field + "] must be a list of 1 to " + MAX_VALUES + " values: " + Refusal.quote(list));
        }
        return values;
    }

    private static boolean isTrue(String field, String value) {
        return Bounds.choice("filter[" + field + "][exists]", value, Map.of("true", true, "false", false));
    }

    private static Refusal unknown(String field, String operator) {
        return Refusal.invalid("filter[" + field + "] does not support the operator " + Refusal.quote(operator));
    }
}
