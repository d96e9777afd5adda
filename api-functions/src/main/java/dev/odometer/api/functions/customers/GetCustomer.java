package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.views.CustomerView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns a customer: by id even if it is deleted, by key only if it is live. */
public final class GetCustomer implements Function<GetCustomer.Input, CustomerView> {

    private static final Map<String, Boolean> EXPANDABLE = Map.of("subscriptions", true);
    private static final int MAX_EXPAND = 10;

    private final CustomerLookup customers;

    public GetCustomer(CustomerLookup customers) {
        this.customers = customers;
    }

    /**
     * The customer.
     *
     * @param expand only {@code subscriptions}, which has no effect
     */
    public record Input(String customerIdOrKey, @Nullable List<@Nullable String> expand) {}

    static void checkExpand(@Nullable List<@Nullable String> expand) {
        Bounds.texts("expand", expand, MAX_EXPAND).forEach(part -> Bounds.choice("expand", part, EXPANDABLE));
    }

    @Override
    public CustomerView apply(Input input) {
        checkExpand(input.expand);
        return CustomerView.of(customers.any(input.customerIdOrKey));
    }
}
