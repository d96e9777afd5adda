package dev.odometer.api.functions.usage;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.input.Filters;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.api.functions.usage.UsageResponse.Row;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Queries the usage of a meter by window and group. */
public final class QueryUsage implements Function<QueryUsage.Input, UsageResponse> {

    private static final int MAX_VALUES = 100;

    private final MeterLookup meters;
    private final UsageLog log;
    private final CustomerLookup customers;
    private final Subjects subjects;
    private final int maxRows;

    /** @param maxRows more are refused */
    public QueryUsage(MeterLookup meters, UsageLog log, CustomerLookup customers, Subjects subjects, int maxRows) {
        this.meters = meters;
        this.log = log;
        this.customers = customers;
        this.subjects = subjects;
        this.maxRows = maxRows;
    }

    /**
     * The query.
     *
     * @param windowSize absent for one row per group
     * @param windowTimeZone an IANA name; UTC when absent
     * @param subject only these subjects; rows are grouped by subject
     * @param filterCustomerId only the usage of these customers; rows are grouped by customer
     * @param filterGroupBy values by group-by key of the meter
     * @param advancedMeterGroupByFilters filters by group-by key; not together with {@code filterGroupBy}
     * @param groupBy group-by keys of the meter, {@code subject}, and with a customer filter {@code customer_id}
     */
    public record Input(
            String meterIdOrSlug,
            @Nullable String clientId,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable WindowSize windowSize,
            @Nullable String windowTimeZone,
            @Nullable List<@Nullable String> subject,
            @Nullable List<@Nullable String> filterCustomerId,
            @Nullable Map<String, @Nullable List<@Nullable String>> filterGroupBy,
            @Nullable Map<String, @Nullable Object> advancedMeterGroupByFilters,
            @Nullable List<@Nullable String> groupBy) {}

    @Override
    public UsageResponse apply(Input input) {
        return atMost(maxRows, input);
    }

    /** The usage, as far as it has at most this many rows. */
    public UsageResponse atMost(int rowLimit, Input input) {
        Bounds.clientId(input.clientId);
        MeterQuery query = toQuery(meters.live(input.meterIdOrSlug), input);
        List<Row> rows =
                query.run(log, rowLimit).stream().map(row -> row(query, row)).toList();
        return new UsageResponse(input.from, input.to, input.windowSize, UsageColumns.table(query, rows, subjects));
    }

    private MeterQuery toQuery(Meter meter, Input input) {
        return new MeterQuery(
                meter,
                new Range(input.from, input.to),
                input.windowSize,
                Bounds.zone(input.windowTimeZone),
                Bounds.texts("subject", input.subject, MAX_VALUES),
                customers.requireAll(Bounds.texts("filterCustomerId", input.filterCustomerId, MAX_VALUES)),
                Bounds.texts("groupBy", input.groupBy, MAX_VALUES),
                filters(input));
    }

    private static Map<String, TextFilter> filters(Input input) {
        Map<String, @Nullable List<@Nullable String>> choices =
                input.filterGroupBy == null ? Map.of() : input.filterGroupBy;
        Map<String, @Nullable Object> conditions =
                input.advancedMeterGroupByFilters == null ? Map.of() : input.advancedMeterGroupByFilters;
        if (!choices.isEmpty() && !conditions.isEmpty()) {
            throw Refusal.invalid("filterGroupBy and advancedMeterGroupByFilters cannot be used together");
        }
        var filters = new HashMap<String, TextFilter>();
        choices.forEach((key, values) -> filters.put(key, choice(key, values)));
        conditions.forEach((key, tree) ->
                filters.put(key, Filters.DOLLAR.text("advancedMeterGroupByFilters." + Refusal.quote(key), tree)));
        return filters;
    }

    private static TextFilter choice(String key, @Nullable List<@Nullable String> values) {
        return TextFilter.in(Filters.values("filterGroupBy." + Refusal.quote(key), values));
    }

    private static Row row(MeterQuery query, UsageRow row) {
        return new Row(
                row.value(),
                query.text(row.window().start()),
                query.text(row.window().end()),
                Optional.ofNullable(row.subject()),
                row.customerId(),
                row.groupBy());
    }
}
