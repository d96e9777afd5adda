package dev.odometer.api.functions.usage;

import dev.odometer.functions.route.Tabular;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The response of version 1. Parameters that were absent in the request are absent here.
 *
 * @param data ordered by window, then by subject descending
 */
public record UsageResponse(
        @Nullable Instant from,
        @Nullable Instant to,
        @Nullable WindowSize windowSize,
        UsageTable<Row> data) implements Tabular {

    /**
     * The usage of one window and group.
     *
     * @param windowStart an RFC 3339 time with the offset of the query's zone, {@code Z} for UTC; {@code windowEnd} too
     * @param subject empty, and shown as null, when rows are not grouped by subject
     * @param customerId absent when rows are not grouped by customer
     * @param groupBy values by key; empty when not grouped
     */
    public record Row(
            BigDecimal value,
            String windowStart,
            String windowEnd,
            Optional<String> subject,
            @Nullable String customerId,
            Map<String, String> groupBy) {}

    @Override
    public String tableName() {
        return data.tableName();
    }

    @Override
    public List<String> columns() {
        return data.columns();
    }

    @Override
    public List<List<String>> cells() {
        return data.cells();
    }
}
