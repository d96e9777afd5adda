package dev.odometer.api.functions.profiles;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.metering.customer.Customer;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns the billing profile that applies to a customer, and the override if there is one. */
public final class GetCustomerOverride implements Function<GetCustomerOverride.Input, CustomerOverrideView> {

    private final CustomerLookup customers;
    private final CustomerProfiles profiles;

    GetCustomerOverride(CustomerLookup customers, CustomerProfiles profiles) {
        this.customers = customers;
        this.profiles = profiles;
    }

    /**
     * The customer.
     *
     * @param customerId an id or a key
     * @param expand apps: with all fields of the apps; customer: with the customer
     */
    public record Input(String customerId, @Nullable List<@Nullable String> expand) {}

    @Override
    public CustomerOverrideView apply(Input input) {
        Customer customer = customers.any(input.customerId);
        return CustomerOverrideView.of(profiles.of(customer.id()), customer, Expansion.of(input.expand));
    }
}
