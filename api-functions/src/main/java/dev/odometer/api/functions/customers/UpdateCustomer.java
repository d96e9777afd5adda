package dev.odometer.api.functions.customers;

import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.views.BillingAddress;
import dev.odometer.views.CustomerView;
import dev.odometer.views.TaxId;
import dev.odometer.views.UsageAttribution;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces a customer's fields; absent fields are cleared. */
public final class UpdateCustomer implements Function<UpdateCustomer.Input, CustomerView> {

    private final CustomerLookup lookup;
    private final Customers customers;
    private final CustomerSubjectEntries entries;
    private final Clock clock;

    public UpdateCustomer(Customers customers, CustomerSubjectEntries entries, Clock clock) {
        this.lookup = new CustomerLookup(customers);
        this.customers = customers;
        this.entries = entries;
        this.clock = clock;
    }

    /** The customer and its new fields; see {@link Customer}. */
    public record Input(
            String customerIdOrKey,
            @Nullable String key,
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable UsageAttribution usageAttribution,
            @Nullable String currency,
            @Nullable String primaryEmail,
            @Nullable BillingAddress billingAddress,
            @Nullable TaxId taxId,
            @Nullable String timeZone,
            @Nullable Map<String, String> metadata) {

        CustomerDraft draft() {
            return new CustomerDraft(
                    key,
                    name,
                    description,
                    usageAttribution,
                    currency,
                    primaryEmail,
                    billingAddress,
                    taxId,
                    timeZone,
                    metadata);
        }
    }

    @Override
    public CustomerView apply(Input input) {
        Customer before = lookup.live(input.customerIdOrKey);
        Customer after =
                input.draft().toCustomer(before.id(), before.lifecycle().changed(clock.instant()));
        customers.replace(after);
        entries.addMissing(after);
        return CustomerView.of(after);
    }
}
