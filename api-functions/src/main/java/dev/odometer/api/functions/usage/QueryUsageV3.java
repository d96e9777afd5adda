package dev.odometer.api.functions.usage;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.usage.UsageResponseV3.Row;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries the usage of a meter in version 3 of the wire API. */
public final class QueryUsageV3 implements Function<QueryUsageV3.Input, UsageResponseV3> {

    private static final int MAX_DIMENSIONS = 10;

    private final MeterLookup meters;
    private final UsageLog log;
    private final CustomerLookup customers;
    private final int maxRows;

    /** @param maxRows more are refused */
    public QueryUsageV3(MeterLookup meters, UsageLog log, CustomerLookup customers, int maxRows) {
        this.meters = meters;
        this.log = log;
        this.customers = customers;
        this.maxRows = maxRows;
    }

    /**
     * The query; its fields are spelled as on the wire.
     *
     * @param meterId the meter's id, not its slug
     * @param granularity absent for one row per group
     * @param time_zone an IANA name; UTC when absent
     * @param group_by_dimensions at most 10 group-by keys of the meter, {@code subject}, or with its filter {@code
     *     customer_id}
     */
    public record Input(
            String meterId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Granularity granularity,
            @Nullable String time_zone,
            @Nullable List<@Nullable String> group_by_dimensions,
            @Nullable Conditions filters) {}

    /** Filters by dimension. */
    public record Conditions(@Nullable Map<String, @Nullable Object> dimensions) {}

    /** The sizes of windows, as ISO 8601 durations. */
    public enum Granularity {
        PT1M(WindowSize.MINUTE),
        PT1H(WindowSize.HOUR),
        P1D(WindowSize.DAY),
        P1M(WindowSize.MONTH);

        private final WindowSize windowSize;

        Granularity(WindowSize windowSize) {
            this.windowSize = windowSize;
        }
    }

    @Override
    public UsageResponseV3 apply(Input input) {
        MeterQuery query = toQuery(meters.liveWithId(input.meterId), input);
        List<Row> rows =
                query.run(log, maxRows).stream().map(row -> row(query, row)).toList();
        return new UsageResponseV3(input.from, input.to, UsageColumnsV3.table(query, rows));
    }

    private MeterQuery toQuery(Meter meter, Input input) {
        var conditions = new HashMap<String, @Nullable Object>(conditions(input));
        Set<String> subjects = choices(conditions, MeterQuery.SUBJECT);
        Set<String> customerIds = choices(conditions, MeterQuery.CUSTOMER);
        return new MeterQuery(
                meter,
                new Range(input.from, input.to),
                input.granularity == null ? null : input.granularity.windowSize,
                zone(input),
                subjects,
                customers.requireAll(customerIds),
                Bounds.texts("group_by_dimensions", input.group_by_dimensions, MAX_DIMENSIONS),
                filters(conditions));
    }

    private static ZoneId zone(Input input) {
        try {
            return Bounds.zone(input.time_zone);
        } catch (Refusal refusal) {
            throw refusal.at("time_zone");
        }
    }

    private static Map<String, @Nullable Object> conditions(Input input) {
        Map<String, @Nullable Object> conditions =
                input.filters == null || input.filters.dimensions == null ? Map.of() : input.filters.dimensions;
        if (conditions.size() > MAX_DIMENSIONS) {
            throw Refusal.invalid("filters.dimensions must have at most " + MAX_DIMENSIONS + " dimensions");
        }
        return conditions;
    }

    /** Removes the filter of a dimension that is not a group-by key of the meter, and returns its values. */
    private static Set<String> choices(Map<String, @Nullable Object> conditions, String dimension) {
        return conditions.containsKey(dimension)
                ? Filters.PLAIN.choices(place(dimension), conditions.remove(dimension))
                : Set.of();
    }

    private static Map<String, TextFilter> filters(Map<String, @Nullable Object> conditions) {
        var filters = new HashMap<String, TextFilter>();
        conditions.forEach((key, tree) -> filters.put(key, Filters.PLAIN.text(place(key), tree)));
        return filters;
    }

    private static String place(String dimension) {
        return "filters.dimensions." + Refusal.quote(dimension);
    }

    private static Row row(MeterQuery query, UsageRow row) {
        var dimensions = new TreeMap<>(row.groupBy());
        if (row.subject() != null) {
            dimensions.put(MeterQuery.SUBJECT, row.subject());
        }
        if (row.customerId() != null) {
            dimensions.put(MeterQuery.CUSTOMER, row.customerId());
        }
        return new Row(
                row.value().toPlainString(),
                query.text(row.window().start()),
                query.text(row.window().end()),
                dimensions);
    }
}
