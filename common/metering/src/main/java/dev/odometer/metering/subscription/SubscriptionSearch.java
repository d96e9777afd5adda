package dev.odometer.metering.subscription;

import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.Set;

/**
 * The subscriptions of a customer that are not deleted.
 *
 * @param statuses at the time {@code now}; empty for all
 * @param order ties are ordered by id
 */
public record SubscriptionSearch(
        String customerId,
        Set<Subscription.Status> statuses,
        Instant now,
        Order order,
        boolean descending,
        PageRequest page) {

    public SubscriptionSearch {
        statuses = Set.copyOf(statuses);
    }

    /** The attribute that orders the list; a subscription without an end is after those with one. */
    public enum Order {
        ACTIVE_FROM,
        ACTIVE_TO
    }
}
