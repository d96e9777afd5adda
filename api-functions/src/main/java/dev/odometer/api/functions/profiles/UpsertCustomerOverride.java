package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.resource.Ulid;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Assigns a billing profile or a tax rate to a customer. It applies to later invoices. */
public final class UpsertCustomerOverride implements Function<UpsertCustomerOverride.Input, CustomerOverrideView> {

    private final CustomerLookup customers;
    private final CustomerProfiles assigned;
    private final BillingProfiles profiles;
    private final Clock clock;

    UpsertCustomerOverride(CustomerLookup customers, BillingProfiles profiles, Clock clock) {
        this.customers = customers;
        this.assigned = new CustomerProfiles(profiles);
        this.profiles = profiles;
        this.clock = clock;
    }

    /**
     * The override; it replaces the one that the customer has.
     *
     * @param customerId an id or a key
     * @param billingProfileId absent for the default profile
     * @param tax absent for the rate of the profile
     */
    public record Input(
            String customerId,
            @Nullable String billingProfileId,
            @Nullable TaxRateDraft tax) {}

    @Override
    public CustomerOverrideView apply(Input input) {
        Instant now = clock.instant();
        Customer customer = customers.live(input.customerId);
        String profileId = input.billingProfileId;
        if (profileId != null && !Ulid.looksLike(profileId)) {
            throw BillingProfile.unknown(profileId);
        }
        CustomerOverride before = assigned.of(customer.id()).override();
        profiles.override(new CustomerOverride(
                customer.id(),
                profileId,
                input.tax == null ? null : input.tax.toTaxRate(),
                before == null ? now : before.createdAt(),
                now));
        return CustomerOverrideView.of(assigned.of(customer.id()), customer, Set.of());
    }
}
