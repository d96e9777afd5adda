package dev.odometer.api.functions.customers;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.views.CustomerView;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates a customer and missing subject entries. A key or subject of another live customer is a conflict. */
public final class CreateCustomer implements Function<CustomerDraft, CustomerView> {

    private final Customers customers;
    private final CustomerSubjectEntries entries;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateCustomer(Customers customers, CustomerSubjectEntries entries, Supplier<String> ids, Clock clock) {
        this.customers = customers;
        this.entries = entries;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public CustomerView apply(CustomerDraft draft) {
        Instant now = clock.instant();
        Customer customer = draft.toCustomer(ids.get(), Lifecycle.created(now));
        customers.add(customer);
        entries.addMissing(customer);
        return CustomerView.of(customer);
    }
}
