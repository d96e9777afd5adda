package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.customers.CustomerViewV3.Attribution;
import dev.odometer.api.functions.customers.CustomerViewV3.PostalAddress;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a customer's fields in version 3 of the wire API; absent ones are cleared. The key does not change, nor do the
 * tax id and the time zone, which this version does not have.
 */
public final class UpdateCustomerV3 implements Function<UpdateCustomerV3.Input, CustomerViewV3> {

    private final CustomerLookup lookup;
    private final Customers customers;
    private final CustomerSubjectEntries entries;
    private final Clock clock;

    public UpdateCustomerV3(Customers customers, CustomerSubjectEntries entries, Clock clock) {
        this.lookup = new CustomerLookup(customers);
        this.customers = customers;
        this.entries = entries;
        this.clock = clock;
    }

    /** The customer and its new fields. */
    public record Input(
            String customerId,
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> labels,
            @Nullable Attribution usage_attribution,
            @Nullable String primary_email,
            @Nullable String currency,
            @Nullable PostalAddress billing_address) {}

    @Override
    public CustomerViewV3 apply(Input input) {
        Customer before = lookup.liveWithId(input.customerId);
        String name = Bounds.required("name", input.name);
        Customer after = CustomerViewV3.NAMES.applied(() -> new Customer(
                before.id(),
                before.key(),
                name,
                input.description,
                CustomerViewV3.subjects(input.usage_attribution),
                input.currency,
                input.primary_email,
                CustomerViewV3.address(input.billing_address),
                before.taxId(),
                before.timeZone(),
                Objects.requireNonNullElse(input.labels, Map.of()),
                before.lifecycle().changed(clock.instant())));
        customers.replace(after);
        entries.addMissing(after);
        return CustomerViewV3.of(after);
    }
}
