package dev.odometer.api.functions.profiles;

import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.invoice.BillingProfiles.CustomerOverride;
import dev.odometer.metering.invoice.Invoice.Terms;
import dev.odometer.metering.invoice.TaxRate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the billing profile that applies to a customer. */
public final class CustomerProfiles {

    private final BillingProfiles profiles;

    public CustomerProfiles(BillingProfiles profiles) {
        this.profiles = profiles;
    }

    /** The profile of a customer, and its override if there is one. */
    public record Assigned(@Nullable CustomerOverride override, BillingProfile profile) {

        /** The tax on the customer's invoices. */
        public TaxRate tax() {
            return override == null || override.tax() == null ? profile.tax() : override.tax();
        }

        /** The terms of a new invoice to the customer. */
        public Terms terms() {
            return new Terms(profile.id(), profile.workflow(), tax());
        }
    }

    public Assigned of(String customerId) {
        CustomerOverride override = profiles.overrides(List.of(customerId)).get(customerId);
        String pinned = override == null ? null : override.profileId();
        BillingProfile profile = pinned == null
                ? profiles.defaultProfile()
                : profiles.find(pinned).orElseGet(profiles::defaultProfile);
        return new Assigned(override, profile);
    }
}
