package dev.odometer.metering.entitlement;

import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The entitlements with their grants, and how they stand. Changes of one entitlement happen one after another. */
public interface Entitlements {

    /** How many grants that are not void an entitlement may have in one period, and of those that roll over in all. */
    int MAX_GRANTS = 1000;

    /** A page of entitlements and how many there are in all. */
    Page<Entitlement> list(EntitlementSearch search);

    /** By id, deleted ones too. */
    Optional<Entitlement> find(String id);

    /** The customer's live entitlement of that id, feature id or feature key. */
    Optional<Entitlement> find(String customerId, String idOrFeature);

    /**
     * @throws dev.odometer.refusal.Refusal CONFLICT when the customer has one to a feature of that key, with its id as the
     *     conflicting one; NOT_FOUND when customer or feature are gone; INVALID when it is metered and the feature has no
     *     measure
     */
    void add(Entitlement entitlement);

    /** @throws dev.odometer.refusal.Refusal NOT_FOUND when there is no such entitlement or it is deleted */
    void delete(String id, Instant at);

    /**
     * @throws dev.odometer.refusal.Refusal NOT_FOUND when there is no such live entitlement, CONFLICT when it is not
     *     metered or has {@value #MOST_GRANTS} grants beside it, INVALID when its terms do not allow
     *     such a grant
     */
    void grant(Grant grant);

    /** Of the entitlement, by creation; with {@code null} of all entitlements. */
    Page<Grant> grants(@Nullable String entitlementId, boolean includeVoided, PageRequest page);

    /** @throws dev.odometer.refusal.Refusal NOT_FOUND when there is no such grant, CONFLICT when it is void */
    void voidGrant(String grantId, Instant at);

    /**
     * Ends the period that holds the reset's time; the anchor that it names is checked by whoever asks. A second one in
     * the same minute takes the first one's place.
     *
     * @throws dev.odometer.refusal.Refusal NOT_FOUND when there is no such live entitlement, CONFLICT when it is not
     *     metered, INVALID when the reset is before usage is measured or before the last reset
     */
    void reset(String entitlementId, Reset reset);

    /** The latest reset of each of the entitlements that was ever reset by hand, by entitlement. */
    Map<String, Reset> lastResets(Collection<String> entitlementIds);

    /**
     * How the customer's live entitlements stood at the time, in one snapshot of entitlements and usage, by feature key.
     * A time inside a minute stands for the minute's end.
     *
     * @param customer an id or a key
     * @param feature an entitlement's id, a feature's id or key; absent for all
     * @return empty when there is no such live customer
     */
    Optional<List<EntitlementStatus>> statuses(String customer, @Nullable String feature, Instant time);
}
