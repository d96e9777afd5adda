package dev.odometer.metering.meter;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mutable fields of a meter. An absent name becomes the slug, absent group-bys become none, the rest stays. */
public record MeterChange(
        @Nullable String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        @Nullable Map<String, String> groupBy) {}
