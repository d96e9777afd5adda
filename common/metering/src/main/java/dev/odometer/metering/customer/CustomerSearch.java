package dev.odometer.metering.customer;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The filters and order of a list of customers. Absent filters match all; an absent text of a customer is empty.
 *
 * @param subject matches the key or a subject key
 * @param subscribed those that are subscribed to a plan
 */
public record CustomerSearch(
        @Nullable TextFilter key,
        @Nullable TextFilter name,
        @Nullable TextFilter primaryEmail,
        @Nullable TextFilter subject,
        @Nullable Subscribed subscribed,
        boolean includeDeleted,
        Order order,
        boolean descending,
        PageRequest page) {

    /**
     * A filter by subscriptions.
     *
     * @param planKey of any version of the plan
     * @param at a time at which the subscription is active
     */
    public record Subscribed(String planKey, Instant at) {}

    /** A search without a filter by subscriptions. */
    public CustomerSearch(
            @Nullable TextFilter key,
            @Nullable TextFilter name,
            @Nullable TextFilter primaryEmail,
            @Nullable TextFilter subject,
            boolean includeDeleted,
            Order order,
            boolean descending,
            PageRequest page) {
        this(key, name, primaryEmail, subject, null, includeDeleted, order, descending, page);
    }

    /** The sort key of a list; ties are ordered by id. */
    public enum Order {
        ID,
        NAME,
        CREATED_AT
    }
}
