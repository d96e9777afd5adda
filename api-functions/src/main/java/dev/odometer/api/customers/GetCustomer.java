package dev.odometer.api.customers;

import java.util.function.Function;

/** Shows one customer: by id a deleted one too, by key only a live one. */
public final class GetCustomer implements Function<GetCustomer.Input, CustomerView> {

    private final KnownCustomers customers;

    public GetCustomer(KnownCustomers customers) {
        this.customers = customers;
    }

    /** Which customer. */
    public record Input(String customerIdOrKey) {}

    @Override
    public CustomerView apply(Input input) {
        return CustomerView.of(customers.any(input.customerIdOrKey));
    }
}
