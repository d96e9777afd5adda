package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.metering.invoice.BillingProfiles;
import java.util.function.Consumer;

/** Deletes the override of a customer, so that the default profile applies again. Without one, nothing happens. */
public final class DeleteCustomerOverride implements Consumer<DeleteCustomerOverride.Input> {

    private final CustomerLookup customers;
    private final BillingProfiles profiles;

    DeleteCustomerOverride(CustomerLookup customers, BillingProfiles profiles) {
        this.customers = customers;
        this.profiles = profiles;
    }

    /**
     * The customer.
     *
     * @param customerId an id or a key
     */
    public record Input(String customerId) {}

    @Override
    public void accept(Input input) {
        profiles.deleteOverride(customers.any(input.customerId).id());
    }
}
