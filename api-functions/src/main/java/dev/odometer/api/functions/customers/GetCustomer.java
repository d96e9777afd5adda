package dev.odometer.api.functions.customers;

import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.views.CustomerView;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns a customer: by id even if it is deleted, by key only if it is live. */
public final class GetCustomer implements Function<GetCustomer.Input, CustomerView> {

    private final CustomerLookup customers;
    private final CustomerExpansion expansion;

    public GetCustomer(CustomerLookup customers, Subscriptions subscriptions, Clock clock) {
        this.customers = customers;
        this.expansion = new CustomerExpansion(subscriptions, clock);
    }

    /**
     * The customer.
     *
     * @param expand {@code subscriptions} for the active ones
     */
    public record Input(String customerIdOrKey, @Nullable List<@Nullable String> expand) {}

    @Override
    public CustomerView apply(Input input) {
        boolean isExpanded = CustomerExpansion.isRequested(input.expand);
        return expansion
                .views(List.of(customers.any(input.customerIdOrKey)), isExpanded)
                .get(0);
    }
}
