package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of entitlements with their grants and balances. Changes to one entitlement are serialized. */
public interface Entitlements {

    /**
     * The maximum number of non-voided grants of an entitlement that may be active in one period. A grant counts once,
     * and once more for each of its recurrences in a period. A grant that rolls over or recurs may be active in any
     * period before its expiration.
     */
    int MAX_GRANTS = 1000;

    /** A page of entitlements, with the total count. */
    Page<Entitlement> list(EntitlementSearch search);

    /** Finds by id, including deleted entitlements. */
    Optional<Entitlement> find(String id);

    /** The customer's entitlement with this id, feature id or feature key that is active at the time. */
    Optional<Entitlement> find(String customerId, String idOrFeature, Instant at);

    /** Those that a subscription gives, or gave, including deleted ones, in any order. */
    List<Entitlement> ofSubscription(String subscriptionId);

    default void add(Entitlement entitlement) {
        add(entitlement, List.of());
    }

    /**
     * Adds an entitlement with its first grants, all or nothing.
     *
     * @throws dev.odometer.functions.refusal.Refusal CONFLICT with the id of the existing entitlement when the customer
     *     has one to a feature with the same key, or will get one from a subscription; NOT_FOUND when the customer or
     *     feature does not exist; INVALID when
     *     it is metered and the feature has no meter; and as {@link #grant} for a grant
     */
    void add(Entitlement entitlement, List<Grant> grants);

    /**
     * Deletes an entitlement and adds its successor with its first grants, all or nothing, so that at no time the
     * customer has none or two. The old one ends when the successor was created; its grants and usage stay with it.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such live entitlement; INVALID when the
     *     successor belongs to another customer or feature; FORBIDDEN when a subscription manages it; and as {@link
     *     #add(Entitlement, List)}
     */
    void replace(String id, Entitlement successor, List<Grant> grants);

    /**
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such live entitlement; FORBIDDEN when a
     *     subscription manages it
     */
    void delete(String id, Instant at);

    /**
     * Adds a grant.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such live entitlement; CONFLICT when it
     *     is not metered or already has {@value #MAX_GRANTS} grants that may be active in the same period; INVALID when
     *     its terms do not allow the grant
     */
    void grant(Grant grant);

    /** A page of grants, voided ones and those of allowances included, with the total count. */
    Page<Grant> grants(GrantSearch search);

    /** Finds a grant by id, including voided grants. */
    Optional<Grant> findGrant(String id);

    /**
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such grant; INVALID when it is voided;
     *     CONFLICT when it is the grant of an allowance
     */
    void voidGrant(String grantId, Instant at);

    /**
     * Ends the period that contains the time of the reset and starts the next one. The caller chooses a valid anchor. A
     * second reset in the same minute replaces the first.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such live entitlement; CONFLICT when it
     *     is not metered; INVALID when the reset is before the start of measurement or before the last reset
     */
    void reset(String entitlementId, Reset reset);

    /** The latest manual reset by entitlement id, for entitlements that have one. */
    Map<String, Reset> lastResets(Collection<String> entitlementIds);

    /**
     * The status of the customer's entitlements that are active at the time, in one snapshot of entitlements and usage, ordered by
     * feature key. A time inside a minute is rounded up to the minute's end.
     *
     * @param customer an id or key
     * @param feature an entitlement id, feature id or feature key; absent for all
     * @return empty when there is no such live customer
     */
    Optional<List<EntitlementStatus>> statuses(String customer, @Nullable String feature, Instant time);

    /**
     * The statuses of all live entitlements of the customer, as {@link #statuses(String, String, Instant)}.
     *
     * @param maximum bounds the memory of the answer
     * @throws Refusal INVALID when there are more
     */
    Optional<List<EntitlementStatus>> statuses(String customer, Instant time, int maximum);

    /** The refusal of an answer with too many entitlements. */
    static Refusal tooMany(int maximum) {
        return Refusal.invalid("the customer has more than " + maximum + " entitlements; request the value of each"
                + " feature: /api/v2/customers/{customerIdOrKey}/entitlements/{featureKey}/value");
    }

    /**
     * The history of the entitlement's balance, in one snapshot of entitlement and usage.
     *
     * @return empty when there is no such live entitlement of a live customer
     * @throws dev.odometer.functions.refusal.Refusal CONFLICT when it is not metered; INVALID when the range starts
     *     before the start of measurement, or the history is too large
     */
    Optional<BalanceHistory> history(String entitlementId, HistoryRange range);
}
