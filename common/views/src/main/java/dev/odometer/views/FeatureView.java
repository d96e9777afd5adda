package dev.odometer.views;

import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.entitlement.UnitCost;
import dev.odometer.metering.filter.TextFilter;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A feature in API responses; see {@link Feature}. Empty maps are absent.
 *
 * @param meterGroupByFilters value by key; absent unless every filter is an equality
 * @param advancedMeterGroupByFilters all filters, with operators such as {@code $in}
 */
public record FeatureView(
        String id,
        String key,
        String name,
        @Nullable String meterSlug,
        @Nullable Map<String, String> meterGroupByFilters,
        @Nullable Map<String, Map<String, Object>> advancedMeterGroupByFilters,
        @Nullable UnitCost unitCost,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant archivedAt) {

    public static FeatureView of(Feature feature) {
        Measure measure = feature.measure();
        return new FeatureView(
                feature.id(),
                feature.key(),
                feature.name(),
                measure == null ? null : measure.meterSlug(),
                measure == null ? null : equalities(measure.filters()),
                measure == null ? null : trees(measure.filters()),
                feature.unitCost(),
                feature.metadata().isEmpty() ? null : feature.metadata(),
                feature.createdAt(),
                feature.updatedAt(),
                feature.deletedAt());
    }

    private static @Nullable Map<String, String> equalities(Map<String, TextFilter> filters) {
        var equalities = new TreeMap<String, String>();
        filters.forEach((key, filter) -> {
            if (filter.op() == TextFilter.Op.EQ) {
                equalities.put(key, filter.values().get(0));
            }
        });
        return filters.isEmpty() || equalities.size() < filters.size() ? null : equalities;
    }

    private static @Nullable Map<String, Map<String, Object>> trees(Map<String, TextFilter> filters) {
        var trees = new TreeMap<String, Map<String, Object>>();
        filters.forEach((key, filter) -> trees.put(key, TextFilterView.tree(filter)));
        return trees.isEmpty() ? null : trees;
    }
}
