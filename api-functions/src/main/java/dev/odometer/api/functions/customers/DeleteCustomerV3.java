package dev.odometer.api.functions.customers;

import java.util.function.Consumer;

/** Deletes a customer by id, like {@link DeleteCustomer}, in version 3 of the wire API. */
public final class DeleteCustomerV3 implements Consumer<DeleteCustomerV3.Input> {

    private final CustomerLookup lookup;
    private final DeleteCustomer delete;

    public DeleteCustomerV3(CustomerLookup lookup, DeleteCustomer delete) {
        this.lookup = lookup;
        this.delete = delete;
    }

    /** The customer. */
    public record Input(String customerId) {}

    @Override
    public void accept(Input input) {
        delete.accept(
                new DeleteCustomer.Input(lookup.liveWithId(input.customerId).id()));
    }
}
