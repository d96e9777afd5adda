package dev.odometer.metering.invoice;

import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The store of billing profiles and of the overrides of customers. */
public interface BillingProfiles {

    /** A page of profiles, with the total count. */
    Page<BillingProfile> list(Search search);

    /** Finds by id, including deleted ones. */
    Optional<BillingProfile> find(String id);

    /** The profile of customers without an override. */
    BillingProfile defaultProfile();

    /** Adds a profile. If it is the default, the former default profile loses this status. */
    void add(BillingProfile profile);

    /**
     * Changes a profile. If it becomes the default, the former default profile loses this status.
     *
     * @param change from what is stored; may be called more than once
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when there is no such profile or it is deleted; INVALID
     *     with the code {@code profile_referenced} when it is deleted while an override assigns it to a customer; and
     *     any refusal of the change
     */
    BillingProfile change(String id, UnaryOperator<BillingProfile> change);

    /**
     * Adds or replaces the override of a customer.
     *
     * @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when the customer does not exist; PRECONDITION_FAILED
     *     when it is deleted; INVALID with the code {@code profile_not_found} when the profile does not exist
     */
    void override(CustomerOverride override);

    /** Deletes the override of a customer; does nothing if there is none. */
    void deleteOverride(String customerId);

    /** The overrides of these customers, by id of customer. */
    Map<String, CustomerOverride> overrides(Collection<String> customerIds);

    /** A page of customers with their profiles, with the total count. */
    Page<Assignment> assignments(AssignmentSearch search);

    /** Filters and order of a list of profiles. */
    record Search(boolean includeArchived, Order order, boolean descending, PageRequest page) {}

    /** The attribute that orders a list of profiles. */
    enum Order {
        CREATED_AT,
        UPDATED_AT,
        DEFAULT,
        NAME
    }

    /**
     * The billing profile and the tax rate that are assigned to a customer.
     *
     * @param profileId absent for the default profile
     * @param tax absent for the rate of the profile
     */
    record CustomerOverride(
            String customerId,
            @Nullable String profileId,
            @Nullable TaxRate tax,
            Instant createdAt,
            Instant updatedAt) {}

    /** A customer with its profile. */
    record Assignment(String customerId, @Nullable CustomerOverride override, BillingProfile profile) {}

    /**
     * Filters of a list of customers with their profiles. An empty filter matches all.
     *
     * @param withoutPinnedProfile only customers that have the default profile
     * @param all whether customers without an override match
     */
    record AssignmentSearch(
            Set<String> profileIds,
            boolean withoutPinnedProfile,
            boolean all,
            Set<String> customerIds,
            @Nullable String customerName,
            @Nullable String customerKey,
            @Nullable String customerPrimaryEmail,
            boolean descending,
            PageRequest page) {

        public AssignmentSearch {
            profileIds = Set.copyOf(profileIds);
            customerIds = Set.copyOf(customerIds);
        }
    }
}
