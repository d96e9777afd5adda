package dev.odometer.metering.customer;

import dev.odometer.metering.resource.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * Which customers to list. Texts match anywhere and in either case; absent ones match all.
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

    /** By what a list is ordered; ties by id. */
    public enum Order {
        ID,
        NAME,
        CREATED_AT
    }
}
