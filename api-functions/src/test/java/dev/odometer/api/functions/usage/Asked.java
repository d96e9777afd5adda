package dev.odometer.api.functions.usage;

import dev.odometer.metering.usage.WindowSize;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A question that is put together word by word. */
record Asked(QueryUsage.Input input) {

    static Asked about(String meter) {
        return new Asked(new QueryUsage.Input(meter, null, null, null, null, null, null, null, null, null, null));
    }

    Asked between(@Nullable Instant from, @Nullable Instant to) {
        return new Asked(new QueryUsage.Input(
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

    Asked windows(WindowSize size, String zone) {
        return new Asked(new QueryUsage.Input(
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

    Asked subjects(@Nullable String... subjects) {
        return new Asked(new QueryUsage.Input(
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

    Asked customers(@Nullable String... ids) {
        return new Asked(new QueryUsage.Input(
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

    Asked choosing(Map<String, @Nullable List<@Nullable String>> choices) {
        return new Asked(new QueryUsage.Input(
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

    Asked where(Map<String, @Nullable Object> conditions) {
        return new Asked(new QueryUsage.Input(
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

    Asked groupBy(@Nullable String... keys) {
        return new Asked(new QueryUsage.Input(
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
