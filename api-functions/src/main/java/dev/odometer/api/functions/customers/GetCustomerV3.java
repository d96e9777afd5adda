package dev.odometer.api.functions.customers;

import java.util.function.Function;

/** Returns a customer by id, even if it is deleted, in version 3 of the wire API. */
public final class GetCustomerV3 implements Function<GetCustomerV3.Input, CustomerViewV3> {

    private final CustomerLookup customers;

    public GetCustomerV3(CustomerLookup customers) {
        this.customers = customers;
    }

    /** The customer. */
    public record Input(String customerId) {}

    @Override
    public CustomerViewV3 apply(Input input) {
        return CustomerViewV3.of(customers.anyWithId(input.customerId));
    }
}
