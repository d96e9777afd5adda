package dev.odometer.postgres.query;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.filter.TextFilter.Op;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Text;
import dev.odometer.postgres.jdbc.DataJson;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The filters of a query that an index of the table {@code series} supports: filters that require a group-by key to have
 * one of the listed values. The index has digests, so the series found may be more than those that match; {@link Groups}
 * applies all filters to them.
 */
final class ValueConditions {

    private static final String HAS_ONE_OF = " and series_values(rollup, groups) && (select"
            + " array_agg(series_value(:rollup, %1$d, v)) from unnest(:values%2$d::text[]) as u (v))";

    private final StringBuilder sql = new StringBuilder();
    private final Map<String, Object> parameters = new HashMap<>();

    ValueConditions(Meter meter, Map<String, TextFilter> filters) {
        var keys = List.copyOf(meter.groupBy().keySet());
        filters.forEach((key, filter) -> {
            int position = keys.indexOf(key) + 1;
            if (position > 0) {
                required(filter).forEach(values -> add(position, values));
            }
        });
    }

    /** For each part of the filter that requires one of some values: the values. */
    private static List<List<String>> required(TextFilter filter) {
        var required = new ArrayList<List<String>>();
        if (filter.op() == Op.ALL) {
            filter.parts().forEach(part -> required.addAll(required(part)));
        } else if (filter.op() == Op.EQ || filter.op() == Op.IN) {
            required.add(filter.values());
        }
        return required;
    }

    private void add(int position, List<String> values) {
        // PostgreSQL cannot store such a value, so it has no digest.
        if (values.stream().allMatch(Text::isStorable)) {
            int number = parameters.size();
            sql.append(HAS_ONE_OF.formatted(position, number));
            parameters.put(
                    "values" + number, values.stream().map(DataJson::write).toArray(String[]::new));
        }
    }

    /** Conditions on a row of {@code series}, with {@code :rollup} and the {@link #parameters}; empty if there are none. */
    String sql() {
        return sql.toString();
    }

    Map<String, Object> parameters() {
        return parameters;
    }
}
