package dev.odometer.api.functions.meters;

import dev.odometer.api.functions.input.FieldNames;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A meter in version 3 of the wire API; see {@link Meter}. Empty maps are absent. */
public record MeterViewV3(
        String id,
        String key,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> labels,
        String aggregation,
        String event_type,
        @Nullable Instant events_from,
        @Nullable String value_property,
        @Nullable Map<String, String> dimensions,
        Instant created_at,
        Instant updated_at,
        @Nullable Instant deleted_at) {

    /** The names of a meter's fields in this version. */
    static final FieldNames NAMES = new FieldNames(Map.of(
            "slug", "key",
            "metadata", "labels",
            "eventType", "event_type",
            "eventFrom", "events_from",
            "valueProperty", "value_property",
            "groupBy", "dimensions"));

    /** The aggregations by their names in this version, which are in lower case. */
    static final Map<String, Aggregation> AGGREGATIONS =
            Arrays.stream(Aggregation.values()).collect(Collectors.toMap(MeterViewV3::name, Function.identity()));

    private static String name(Aggregation aggregation) {
        return aggregation.name().toLowerCase(Locale.ROOT);
    }

    static MeterViewV3 of(Meter meter) {
        return new MeterViewV3(
                meter.id(),
                meter.slug(),
                meter.name(),
                meter.description(),
                meter.metadata().isEmpty() ? null : meter.metadata(),
                name(meter.aggregation()),
                meter.eventType(),
                meter.eventFrom(),
                meter.valueProperty(),
                meter.groupBy().isEmpty() ? null : meter.groupBy(),
                meter.createdAt(),
                meter.updatedAt(),
                meter.deletedAt());
    }
}
