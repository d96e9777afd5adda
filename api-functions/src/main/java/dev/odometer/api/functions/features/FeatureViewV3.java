package dev.odometer.api.functions.features;

import dev.odometer.api.functions.input.Filters;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Feature.Measure;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A feature in version 3 of the wire API; see {@link Feature}. Empty maps are absent. */
public record FeatureViewV3(
        String id,
        String key,
        String name,
        @Nullable Map<String, String> labels,
        @Nullable MeterReference meter,
        Instant created_at,
        Instant updated_at) {

    /**
     * The meter that measures a feature.
     *
     * @param filters filters by dimension of the meter, with the operators of version 3
     */
    public record MeterReference(
            @Required @Nullable String id, @Nullable Map<String, @Nullable Object> filters) {

        private static @Nullable MeterReference of(@Nullable Measure measure) {
            if (measure == null) {
                return null;
            }
            var filters = new TreeMap<String, @Nullable Object>();
            measure.filters().forEach((key, filter) -> filters.put(key, Filters.PLAIN.tree(filter)));
            return new MeterReference(measure.meterId(), filters.isEmpty() ? null : filters);
        }
    }

    static FeatureViewV3 of(Feature feature) {
        return new FeatureViewV3(
                feature.id(),
                feature.key(),
                feature.name(),
                feature.metadata().isEmpty() ? null : feature.metadata(),
                MeterReference.of(feature.measure()),
                feature.createdAt(),
                feature.updatedAt());
    }
}
