package dev.odometer.api.functions.profiles;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.invoice.TaxRate;
import dev.odometer.views.AppsView;
import dev.odometer.views.CustomerView;
import dev.odometer.views.PartyView;
import dev.odometer.views.TaxRateView;
import dev.odometer.views.WorkflowView;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The billing profile that applies to a customer, in API responses.
 *
 * @param customerOverride absent if the customer has none
 * @param baseBillingProfileId of the profile that applies
 * @param customer only if it is requested
 */
public record CustomerOverrideView(
        @Nullable Pinned customerOverride,
        String baseBillingProfileId,
        Profile customerProfile,
        @Nullable CustomerView customer) {

    /**
     * What differs from the default profile.
     *
     * @param billingProfileId absent for the default profile
     * @param tax absent for the rate of the profile
     */
    public record Pinned(
            String customerId,
            @Nullable String billingProfileId,
            @Nullable TaxRateView tax,
            Instant createdAt,
            Instant updatedAt) {

        private static @Nullable Pinned of(@Nullable CustomerOverride override) {
            if (override == null) {
                return null;
            }
            TaxRate tax = override.tax();
            return new Pinned(
                    override.customerId(),
                    override.profileId(),
                    tax == null ? null : TaxRateView.of(tax),
                    override.createdAt(),
                    override.updatedAt());
        }
    }

    /** The profile that applies, with the tax of the customer. */
    public record Profile(PartyView supplier, WorkflowView workflow, AppsView apps, TaxRateView tax) {}

    static CustomerOverrideView of(
            CustomerProfiles.Assigned assigned, @Nullable Customer customer, Set<Expansion> expanded) {
        BillingProfile profile = assigned.profile();
        return new CustomerOverrideView(
                Pinned.of(assigned.override()),
                profile.id(),
                new Profile(
                        PartyView.of(profile.supplier()),
                        WorkflowView.of(profile.workflow()),
                        AppsView.of(expanded.contains(Expansion.APPS)),
                        TaxRateView.of(assigned.tax())),
                customer == null || !expanded.contains(Expansion.CUSTOMER) ? null : CustomerView.of(customer));
    }
}
