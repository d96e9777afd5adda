package dev.odometer.metering.meter;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request to create a meter; see {@link Meter} for the fields. */
public record MeterDraft(
        @Required @Nullable String slug,
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Required @Nullable Aggregation aggregation,
        @Required @Nullable String eventType,
        @Nullable Instant eventFrom,
        @Nullable String valueProperty,
        @Nullable Map<String, String> groupBy) {

    /** @throws Refusal when a required field is missing, or the meter is invalid */
    public Meter toMeter(String id, Instant now) {
        String key = required("slug", slug);
        return new Meter(
                id,
                key,
                Objects.requireNonNullElse(name, key),
                description,
                Objects.requireNonNullElse(metadata, Map.of()),
                required("aggregation", aggregation),
                required("eventType", eventType),
                eventFrom,
                valueProperty,
                Objects.requireNonNullElse(groupBy, Map.of()),
                Lifecycle.created(now));
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw Refusal.invalid(field + " is required");
        }
        return value;
    }
}
