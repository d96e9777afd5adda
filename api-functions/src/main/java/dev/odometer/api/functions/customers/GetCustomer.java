package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.views.CustomerView;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Shows one customer: by id a deleted one too, by key only a live one. */
public final class GetCustomer implements Function<GetCustomer.Input, CustomerView> {

    private static final Map<String, Boolean> PARTS = Map.of("subscriptions", true);
    private static final int MAX_PARTS = 10;

    private final CustomerLookup customers;

    public GetCustomer(CustomerLookup customers) {
        this.customers = customers;
    }

    /**
     * Which customer.
     *
     * @param expand only subscriptions, of which there are none
     */
    public record Input(String customerIdOrKey, @Nullable List<@Nullable String> expand) {}

    static void checkExpand(@Nullable List<@Nullable String> expand) {
        Bounds.texts("expand", expand, MAX_PARTS).forEach(part -> Bounds.choice("expand", part, PARTS));
    }

    @Override
    public CustomerView apply(Input input) {
        checkExpand(input.expand);
        return CustomerView.of(customers.any(input.customerIdOrKey));
    }
}
