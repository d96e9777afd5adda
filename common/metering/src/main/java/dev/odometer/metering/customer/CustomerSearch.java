package dev.odometer.metering.customer;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.PageRequest;
import org.jspecify.annotations.Nullable;

/**
 * The filters and order of a list of customers. Absent filters match all; an absent text of a customer is empty.
 *
 * @param subject matches the key or a subject key
 */
public record CustomerSearch(
        @Nullable TextFilter key,
        @Nullable TextFilter name,
        @Nullable TextFilter primaryEmail,
        @Nullable TextFilter subject,
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
