package dev.odometer.metering.pricing;

import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Filters and order of a list of plan versions. An empty filter matches all. A version matches when one of the ids, keys
 * and version numbers does, and all other filters do.
 *
 * @param versions numbers of versions by key
 * @param statuses at the time {@code now}
 * @param currencies codes
 */
public record PlanSearch(
        Set<String> ids,
        Set<String> keys,
        Map<String, Set<Integer>> versions,
        Set<Plan.Status> statuses,
        Set<String> currencies,
        boolean includeDeleted,
        Instant now,
        Order order,
        boolean descending,
        PageRequest page) {

    /** The attribute that orders the list. */
    public enum Order {
        ID,
        KEY,
        VERSION,
        CREATED_AT,
        UPDATED_AT
    }

    public PlanSearch {
        ids = Set.copyOf(ids);
        keys = Set.copyOf(keys);
        versions = Map.copyOf(versions);
        statuses = Set.copyOf(statuses);
        currencies = Set.copyOf(currencies);
    }

    /** All versions of these keys that are not deleted. */
    public static PlanSearch of(List<String> keys, Instant now, PageRequest page) {
        return new PlanSearch(
                Set.of(), Set.copyOf(keys), Map.of(), Set.of(), Set.of(), false, now, Order.ID, false, page);
    }
}
