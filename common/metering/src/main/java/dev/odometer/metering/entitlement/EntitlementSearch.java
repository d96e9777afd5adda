package dev.odometer.metering.entitlement;

import java.util.List;

/**
 * Which entitlements to list; empty lists match all.
 *
 * @param customers ids
 * @param features ids or keys
 * @param types as {@link Terms#type()}
 * @param page from 1
 * @param pageSize 1 to 1,000
 */
public record EntitlementSearch(
        List<String> customers,
        List<String> features,
        List<String> types,
        boolean includeDeleted,
        Order order,
        boolean descending,
        int page,
        int pageSize) {

    public EntitlementSearch {
        customers = List.copyOf(customers);
        features = List.copyOf(features);
        types = List.copyOf(types);
    }

    /** By what a list is ordered; ties by id. */
    public enum Order {
        CREATED_AT,
        UPDATED_AT
    }
}
