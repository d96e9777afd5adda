package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.PageRequest;
import java.util.List;

/**
 * The filters and order of a list of grants. Empty filters match all.
 *
 * @param entitlements ids
 * @param customers ids
 * @param features ids or keys
 * @param includeDeleted whether grants of deleted entitlements are included
 */
public record GrantSearch(
        List<String> entitlements,
        List<String> customers,
        List<String> features,
        boolean includeDeleted,
        Order order,
        boolean descending,
        PageRequest page) {

    public GrantSearch {
        entitlements = List.copyOf(entitlements);
        customers = List.copyOf(customers);
        features = List.copyOf(features);
    }

    /** The sort key of a list; ties are ordered by id. */
    public enum Order {
        ID,
        CREATED_AT,
        UPDATED_AT,
        EFFECTIVE_AT
    }
}
