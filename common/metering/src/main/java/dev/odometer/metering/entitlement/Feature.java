package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Metadata;
import dev.odometer.metering.resource.Resource;
import dev.odometer.metering.resource.Slug;
import dev.odometer.metering.resource.Text;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Something that customers can be entitled to.
 *
 * @param id a ULID
 * @param key unique among features that are not archived
 * @param measure the metered usage of the feature; absent for a feature without a meter
 * @param unitCost absent if unknown
 * @param lifecycle archiving sets the deletion time
 */
public record Feature(
        String id,
        String key,
        String name,
        @Nullable Measure measure,
        @Nullable UnitCost unitCost,
        Map<String, String> metadata,
        Lifecycle lifecycle)
        implements Resource {

    private static final int MAX_NAME_LENGTH = 256;

    /**
     * The usage of a meter, or the part of it that matches the filters.
     *
     * @param filters conditions by group-by key of the meter
     */
    public record Measure(String meterId, String meterSlug, Map<String, TextFilter> filters) {

        public Measure {
            filters = Map.copyOf(filters);
        }
    }

    /** @throws Refusal when a field is invalid */
    public Feature {
        Slug.parse("key", key);
        Text.checked("name", name, MAX_NAME_LENGTH);
        metadata = Metadata.checked(metadata);
        if (measure == null && unitCost != null && !unitCost.groupByKeys().isEmpty()) {
            throw Refusal.invalid("meterSlug is required with a property in unitCost");
        }
    }

    /** The group-by keys of its meter that it needs. */
    public Set<String> groupByKeys() {
        var keys = new TreeSet<>(measure == null ? Set.<String>of() : measure.filters.keySet());
        keys.addAll(unitCost == null ? Set.of() : unitCost.groupByKeys());
        return keys;
    }

    /** @throws Refusal INVALID when a filter's key, or a property of the unit cost, is not a group-by key of the meter */
    public void checkKeys(Meter meter) {
        for (String key : groupByKeys()) {
            if (!meter.groupBy().containsKey(key)) {
                boolean isFilter = measure != null && measure.filters.containsKey(key);
                throw Refusal.invalid(
                        (isFilter ? "invalid group by filter: " : "unitCost names no group-by key of the meter: ")
                                + Refusal.quote(key));
            }
        }
    }

    public boolean isArchived() {
        return isDeleted();
    }

    public Feature archived(Instant at) {
        return new Feature(id, key, name, measure, unitCost, metadata, lifecycle.deleted(at));
    }

    /** @throws Refusal INVALID when the terms are metered and the feature has no meter */
    public void checkMeasured(Terms terms) {
        if (terms instanceof Terms.Metered && measure == null) {
            throw unmeasured(key);
        }
    }

    public static Refusal unmeasured(String key) {
        return Refusal.invalid("a metered entitlement needs a feature with a meter: " + Refusal.quote(key));
    }
}
