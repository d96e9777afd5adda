package dev.odometer.api.functions.usage;

import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A builder of usage queries. */
record QueryBuilder(QueryUsage.Input input) {

    static QueryBuilder about(String meter) {
        return new QueryBuilder(
                new QueryUsage.Input(meter, null, null, null, null, null, null, null, null, null, null));
    }

    QueryBuilder between(@Nullable Instant from, @Nullable Instant to) {
        return new QueryBuilder(new QueryUsage.Input(
                input.meterIdOrSlug(),
                null,
                from,
                to,
                input.windowSize(),
                input.windowTimeZone(),
                input.subject(),
                input.filterCustomerId(),
                input.filterGroupBy(),
                input.advancedMeterGroupByFilters(),
                input.groupBy()));
    }

    QueryBuilder windows(@Nullable WindowSize size, String zone) {
        return new QueryBuilder(new QueryUsage.Input(
                input.meterIdOrSlug(),
                null,
                input.from(),
                input.to(),
                size,
                zone,
                input.subject(),
                input.filterCustomerId(),
                input.filterGroupBy(),
                input.advancedMeterGroupByFilters(),
                input.groupBy()));
    }

    QueryBuilder subjects(@Nullable String... subjects) {
        return new QueryBuilder(new QueryUsage.Input(
                input.meterIdOrSlug(),
                null,
                input.from(),
                input.to(),
                input.windowSize(),
                input.windowTimeZone(),
                Arrays.asList(subjects),
                input.filterCustomerId(),
                input.filterGroupBy(),
                input.advancedMeterGroupByFilters(),
                input.groupBy()));
    }

    QueryBuilder customers(@Nullable String... ids) {
        return new QueryBuilder(new QueryUsage.Input(
                input.meterIdOrSlug(),
                null,
                input.from(),
                input.to(),
                input.windowSize(),
                input.windowTimeZone(),
                input.subject(),
                Arrays.asList(ids),
                input.filterGroupBy(),
                input.advancedMeterGroupByFilters(),
                input.groupBy()));
    }

    QueryBuilder withValues(Map<String, @Nullable List<@Nullable String>> choices) {
        return new QueryBuilder(new QueryUsage.Input(
                input.meterIdOrSlug(),
                null,
                input.from(),
                input.to(),
                input.windowSize(),
                input.windowTimeZone(),
                input.subject(),
                input.filterCustomerId(),
                choices,
                input.advancedMeterGroupByFilters(),
                input.groupBy()));
    }

    QueryBuilder where(Map<String, @Nullable Object> conditions) {
        return new QueryBuilder(new QueryUsage.Input(
                input.meterIdOrSlug(),
                null,
                input.from(),
                input.to(),
                input.windowSize(),
                input.windowTimeZone(),
                input.subject(),
                input.filterCustomerId(),
                input.filterGroupBy(),
                conditions,
                input.groupBy()));
    }

    QueryBuilder groupBy(@Nullable String... keys) {
        return new QueryBuilder(new QueryUsage.Input(
                input.meterIdOrSlug(),
                null,
                input.from(),
                input.to(),
                input.windowSize(),
                input.windowTimeZone(),
                input.subject(),
                input.filterCustomerId(),
                input.filterGroupBy(),
                input.advancedMeterGroupByFilters(),
                Arrays.asList(keys)));
    }
}
