package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.PageRequest;
import java.util.List;

/**
 * The filters and order of a list of features.
 *
 * @param meters ids of meters; empty for all features
 */
public record FeatureSearch(
        List<String> meters, boolean includeArchived, Order order, boolean descending, PageRequest page) {

    public FeatureSearch {
        meters = List.copyOf(meters);
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
