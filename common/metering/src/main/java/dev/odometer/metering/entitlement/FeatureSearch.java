package dev.odometer.metering.entitlement;

import java.util.List;

/**
 * Which features to list.
 *
 * @param meters ids of meters; empty for all features
 * @param page from 1
 * @param pageSize 1 to 1,000
 */
public record FeatureSearch(
        List<String> meters, boolean includeArchived, Order order, boolean descending, int page, int pageSize) {

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
