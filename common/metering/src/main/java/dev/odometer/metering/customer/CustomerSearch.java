package dev.odometer.metering.customer;

import dev.odometer.metering.resource.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * The filters and order of a list of customers. Text filters match substrings, ignoring case; absent filters match all.
 *
 * @param subject matches the key or a subject key
 */
public record CustomerSearch(
        @Nullable String key,
        @Nullable String name,
        @Nullable String primaryEmail,
        @Nullable String subject,
        boolean includeDeleted,
        Order order,
        boolean descending,
        PageRequest page) {

    /** The sort key of a list; ties are ordered by id. */
    public enum Order {
        ID,
        NAME,
        CREATED_AT
    }
}
