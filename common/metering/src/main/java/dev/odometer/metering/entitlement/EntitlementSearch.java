package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The filters and order of a list of entitlements. Empty filters match all.
 *
 * @param customers ids
 * @param features ids or keys
 * @param types as {@link Terms#type()}
 * @param activeAt only those that are active at the time, and deleted ones if they are included; absent for all
 */
public record EntitlementSearch(
        List<String> customers,
        List<String> features,
        List<String> types,
        boolean includeDeleted,
        @Nullable Instant activeAt,
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
