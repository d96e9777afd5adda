package dev.odometer.api.functions.meters;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A meter in responses; see {@link Meter}. Empty maps are absent. */
public record MeterView(
        String id,
        String slug,
        String name,
        @Nullable String description,
        Aggregation aggregation,
        String eventType,
        @Nullable Instant eventFrom,
        @Nullable String valueProperty,
        @Nullable Map<String, String> groupBy,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    static MeterView of(Meter meter) {
        return new MeterView(
                meter.id(),
                meter.slug(),
                meter.name(),
                meter.description(),
                meter.aggregation(),
                meter.eventType(),
                meter.eventFrom(),
                meter.valueProperty(),
                meter.groupBy().isEmpty() ? null : meter.groupBy(),
                meter.metadata().isEmpty() ? null : meter.metadata(),
                meter.createdAt(),
                meter.updatedAt(),
                meter.deletedAt());
    }
}
