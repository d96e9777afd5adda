package dev.odometer.metering.entitlement;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters and order of a list of features.
 *
 * @param meters ids of meters; empty for all features
 * @param key absent for all; {@code name} too
 */
public record FeatureSearch(
        List<String> meters,
        @Nullable TextFilter key,
        @Nullable TextFilter name,
        boolean includeArchived,
        Order order,
        boolean descending,
        PageRequest page) {

    public FeatureSearch {
        meters = List.copyOf(meters);
    }

    /** A search without filters on key and name. */
    public FeatureSearch(
            List<String> meters, boolean includeArchived, Order order, boolean descending, PageRequest page) {
        this(meters, null, null, includeArchived, order, descending, page);
    }

    /** The search with filters on key and name; null matches all. */
    public FeatureSearch matching(@Nullable TextFilter keys, @Nullable TextFilter names) {
        return new FeatureSearch(meters, keys, names, includeArchived, order, descending, page);
    }

    /** The sort key of a list; ties are ordered by id. */
    public enum Order {
        ID,
        KEY,
        NAME,
        CREATED_AT,
        UPDATED_AT
    }
}
