package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.PageRequest;
import java.util.List;

/**
 * Which features to list.
 *
 * @param meters ids of meters; empty for all features
 */
public record FeatureSearch(
        List<String> meters, boolean includeArchived, Order order, boolean descending, PageRequest page) {

    public FeatureSearch {
        meters = List.copyOf(meters);
    }

    /** By what a list is ordered; ties by id. */
    public enum Order {
        ID,
        KEY,
        NAME,
        CREATED_AT,
        UPDATED_AT
    }
}
