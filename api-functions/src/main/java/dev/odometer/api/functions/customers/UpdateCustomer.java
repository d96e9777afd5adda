package dev.odometer.api.functions.customers;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.views.BillingAddress;
import dev.odometer.views.CustomerView;
import dev.odometer.views.UsageAttribution;
import java.time.Clock;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces what is known of a customer: what is absent is gone. */
public final class UpdateCustomer implements Function<UpdateCustomer.Input, CustomerView> {

    private final CustomerLookup known;
    private final Customers customers;
    private final CustomerSubjectEntries entries;
    private final Clock clock;

    public UpdateCustomer(Customers customers, CustomerSubjectEntries entries, Clock clock) {
        this.known = new CustomerLookup(customers);
        this.customers = customers;
        this.entries = entries;
        this.clock = clock;
    }

    /** Which customer, and what it becomes; see {@link Customer} for the fields. */
    public record Input(
            String customerIdOrKey,
            @Nullable String key,
            @Nullable String name,
            @Nullable String description,
            @Nullable UsageAttribution usageAttribution,
            @Nullable String currency,
            @Nullable String primaryEmail,
            @Nullable BillingAddress billingAddress,
            @Nullable Map<String, String> metadata) {

        CustomerDraft draft() {
            return new CustomerDraft(
                    key, name, description, usageAttribution, currency, primaryEmail, billingAddress, metadata);
        }
    }

    @Override
    public CustomerView apply(Input input) {
        Customer before = known.live(input.customerIdOrKey);
        Customer after =
                input.draft().toCustomer(before.id(), before.lifecycle().changed(clock.instant()));
        customers.replace(after);
        entries.addMissing(after);
        return CustomerView.of(after);
    }
}
