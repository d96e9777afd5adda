package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.customers.CustomerViewV3.Attribution;
import dev.odometer.api.functions.customers.CustomerViewV3.PostalAddress;
import dev.odometer.api.functions.input.Bounds;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates a customer like {@link CreateCustomer}, in version 3 of the wire API, which requires a key. */
public final class CreateCustomerV3 implements Function<CreateCustomerV3.Input, CustomerViewV3> {

    private final Customers customers;
    private final CustomerSubjectEntries entries;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateCustomerV3(Customers customers, CustomerSubjectEntries entries, Supplier<String> ids, Clock clock) {
        this.customers = customers;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    /** The customer; see {@link CustomerViewV3}. */
    public record Input(
            @Required @Nullable String key,
            @Required @Nullable String name,
            @Nullable String description,
            @Nullable Map<String, String> labels,
            @Nullable Attribution usage_attribution,
            @Nullable String primary_email,
            @Nullable String currency,
            @Nullable PostalAddress billing_address) {}

    @Override
    public CustomerViewV3 apply(Input input) {
        String key = Bounds.required("key", input.key);
        String name = Bounds.required("name", input.name);
        Customer customer = CustomerViewV3.NAMES.applied(() -> new Customer(
                ids.get(),
                key,
                name,
                input.description,
                CustomerViewV3.subjects(input.usage_attribution),
                input.currency,
                input.primary_email,
                CustomerViewV3.address(input.billing_address),
                null,
                null,
                Objects.requireNonNullElse(input.labels, Map.of()),
                Lifecycle.created(clock.instant())));
        customers.add(customer);
        entries.addMissing(customer);
        return CustomerViewV3.of(customer);
    }
}
