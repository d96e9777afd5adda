package dev.odometer.api.functions.customers;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.views.CustomerView;
import dev.odometer.views.SubscriptionView;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows customers, with their active subscriptions if these are requested. All are read in one round trip. */
record CustomerExpansion(Subscriptions subscriptions, Clock clock) {

    private static final Map<String, Boolean> EXPANDABLE = Map.of("subscriptions", true);
    private static final int MAX_EXPAND = 10;

    /** Whether subscriptions are requested. */
    static boolean isRequested(@Nullable List<@Nullable String> expand) {
        Set<String> parts = Bounds.texts("expand", expand, MAX_EXPAND);
        parts.forEach(part -> Bounds.choice("expand", part, EXPANDABLE));
        return !parts.isEmpty();
    }

    List<CustomerView> views(List<Customer> customers, boolean isExpanded) {
        if (!isExpanded) {
            return customers.stream().map(CustomerView::of).toList();
        }
        Instant now = clock.instant();
        Map<String, List<Subscription>> active =
                subscriptions.open(customers.stream().map(Customer::id).toList(), now).stream()
                        .filter(subscription -> subscription.span().contains(now))
                        .collect(Collectors.groupingBy(Subscription::customerId));
        return customers.stream()
                .map(customer -> CustomerView.of(
                        customer,
                        active.getOrDefault(customer.id(), List.of()).stream()
                                .map(subscription -> SubscriptionView.of(subscription, now))
                                .toList()))
                .toList();
    }
}
