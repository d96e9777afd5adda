package dev.odometer.metering.subscription;

import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The store of subscriptions. A customer has at most one subscription at any time, even under concurrent writes:
 * changes to the subscriptions of one customer are serialized, and each stores its entitlements with it, all or
 * nothing. A change that would make two subscriptions overlap is refused with {@link Subscription#OVERLAP}.
 */
public interface Subscriptions {

    /** A page of subscriptions, with the total count. */
    Page<Subscription> list(SubscriptionSearch search);

    /** Finds by id, including deleted subscriptions. */
    Optional<Subscription> find(String id);

    /**
     * The subscriptions of these customers that have not ended and are not deleted, the earliest of a customer first.
     */
    List<Subscription> open(Collection<String> customerIds, Instant at);

    /**
     * Adds a subscription. A customer without a currency gets that of a subscription with prices.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when the customer does not exist; PRECONDITION_FAILED
     *     when it is deleted; INVALID when it has another currency; CONFLICT when it has another subscription, or
     *     another entitlement to one of the features, at the same time
     */
    void add(Subscription subscription);

    /**
     * Changes a subscription, with its entitlements.
     *
     * @param change from what is stored; may be called more than once
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such subscription; as {@link #add}; and
     *     what the change throws
     */
    Subscription change(String id, UnaryOperator<Subscription> change);

    /**
     * Ends a subscription and adds its successor.
     *
     * @param change from what is stored; may be called more than once
     * @throws dev.odometer.functions.refusal.Refusal as {@link #change}
     */
    Succession succeed(String id, Function<Subscription, Succession> change);
}
