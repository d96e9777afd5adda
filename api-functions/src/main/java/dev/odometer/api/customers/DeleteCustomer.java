package dev.odometer.api.customers;

import dev.odometer.customer.Customers;
import java.time.Clock;
import java.util.function.Consumer;

/** Ends a customer and frees its key and subjects; it can still be read by id, and its usage stays. */
public final class DeleteCustomer implements Consumer<DeleteCustomer.Input> {

    private final KnownCustomers known;
    private final Customers customers;
    private final Clock clock;

    public DeleteCustomer(Customers customers, Clock clock) {
        this.known = new KnownCustomers(customers);
        this.customers = customers;
        this.clock = clock;
    }

    /** Which customer. */
    public record Input(String customerIdOrKey) {}

    @Override
    public void accept(Input input) {
        customers.replace(known.live(input.customerIdOrKey).deleted(clock.instant()));
    }
}
