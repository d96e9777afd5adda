package dev.odometer.postgres.jdbc;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TimeFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A WHERE clause that is built from filters. Every value is sent as a parameter. */
public final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();

    public void add(String condition) {
        conditions.add(condition);
    }

    public String parameter(Object value) {
        String name = "p" + parameters.size();
        // A filter may contain NUL, but PostgreSQL rejects it in text. U+FFFF matches no stored attribute, so such a
        // filter finds nothing and is not an error.
        parameters.put(name, value instanceof String text ? text.replace("\0", "\uFFFF") : value);
        return ":" + name;
    }

    public void text(String column, @Nullable TextFilter filter) {
        if (filter != null) {
            add(sql(column, filter));
        }
    }

    /** Adds the condition that any of the columns equals any of the texts; no condition if there are no texts. */
    public void any(List<String> texts, String... columns) {
        if (!texts.isEmpty()) {
            String values = array(texts);
            add(Arrays.stream(columns)
                    .map(column -> column + " = any (" + values + ")")
                    .collect(Collectors.joining(" or ", "(", ")")));
        }
    }

    public void time(String column, @Nullable TimeFilter filter) {
        if (filter != null) {
            add(sql(column, filter));
        }
    }

    /** The condition of the filter on the column, for use inside another condition. */
    public String sql(String column, TextFilter filter) {
        return switch (filter.op()) {
            case EQ, IN -> column + " = any (" + array(filter.values()) + ")";
            case NE, NIN -> column + " <> all (" + array(filter.values()) + ")";
            case LIKE -> column + " like " + first(filter);
            case NLIKE -> column + " not like " + first(filter);
            case ILIKE -> column + " ilike " + first(filter);
            case NILIKE -> column + " not ilike " + first(filter);
            case GT -> column + " > " + first(filter);
            case GTE -> column + " >= " + first(filter);
            case LT -> column + " < " + first(filter);
            case LTE -> column + " <= " + first(filter);
            case ALL ->
                joined(filter.parts().stream().map(part -> sql(column, part)).toList(), " and ", "true");
            case ANY ->
                joined(filter.parts().stream().map(part -> sql(column, part)).toList(), " or ", "false");
        };
    }

    private String first(TextFilter filter) {
        return parameter(filter.values().get(0));
    }

    private String array(List<String> values) {
        return parameter(
                values.stream().map(value -> value.replace("\0", "\uFFFF")).toArray(String[]::new));
    }

    private String sql(String column, TimeFilter filter) {
        return switch (filter.op()) {
            case GT -> column + " > " + floor(filter.value());
            case LTE -> column + " <= " + floor(filter.value());
            // Stored times have whole microseconds, so ">= t" with a finer t means ">= the next whole microsecond".
            case GTE -> column + " >= " + ceil(filter.value());
            case LT -> column + " < " + ceil(filter.value());
            case ALL ->
                joined(filter.parts().stream().map(part -> sql(column, part)).toList(), " and ", "true");
            case ANY ->
                joined(filter.parts().stream().map(part -> sql(column, part)).toList(), " or ", "false");
        };
    }

    private String floor(@Nullable Instant time) {
        return parameter(Micros.of(Objects.requireNonNull(time)));
    }

    private String ceil(@Nullable Instant time) {
        return parameter(Micros.of(Objects.requireNonNull(time).plusNanos(999)));
    }

    private static String joined(List<String> parts, String operator, String ifEmpty) {
        return parts.isEmpty() ? ifEmpty : parts.stream().collect(Collectors.joining(operator, "(", ")"));
    }

    public String where() {
        return conditions.isEmpty() ? "" : " where " + String.join(" and ", conditions);
    }

    public Map<String, Object> parameters() {
        return parameters;
    }
}
