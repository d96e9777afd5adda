package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.PageRequest;
import java.util.List;

/**
 * The filters and order of a list of entitlements. Empty filters match all.
 *
 * @param customers ids
 * @param features ids or keys
 * @param types as {@link Terms#type()}
 */
public record EntitlementSearch(
        List<String> customers,
        List<String> features,
        List<String> types,
        boolean includeDeleted,
        Order order,
        boolean descending,
        PageRequest page) {

    public EntitlementSearch {
        customers = List.copyOf(customers);
        features = List.copyOf(features);
        types = List.copyOf(types);
    }

    /** The sort key of a list; ties are ordered by id. */
    public enum Order {
        CREATED_AT,
        UPDATED_AT
    }
}
