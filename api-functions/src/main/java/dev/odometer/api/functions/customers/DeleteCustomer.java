package dev.odometer.api.functions.customers;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementSearch;
import dev.odometer.metering.entitlement.EntitlementSearch.Order;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.subscription.Subscriptions;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deletes a customer and its entitlements, and frees its key and subjects. It remains readable by id, and its usage is
 * kept. A customer with a subscription that has not ended is not deleted.
 */
public final class DeleteCustomer implements Consumer<DeleteCustomer.Input> {

    private final CustomerLookup lookup;
    private final Customers customers;
    private final Entitlements entitlements;
    private final Subscriptions subscriptions;
    private final Clock clock;

    public DeleteCustomer(Customers customers, Entitlements entitlements, Subscriptions subscriptions, Clock clock) {
        this.lookup = new CustomerLookup(customers);
        this.customers = customers;
        this.entitlements = entitlements;
        this.subscriptions = subscriptions;
        this.clock = clock;
    }

    /** The customer. */
    public record Input(String customerIdOrKey) {}

    @Override
    public void accept(Input input) {
        Customer customer = lookup.live(input.customerIdOrKey);
        Instant now = clock.instant();
        subscriptions.open(List.of(customer.id()), now).stream().findFirst().ifPresent(open -> {
            throw customer.subscribed(open.id());
        });
        // Before the customer, so that a call that was interrupted can be repeated.
        deleteEntitlements(customer, now);
        customers.replace(customer.deleted(now));
    }

    private void deleteEntitlements(Customer customer, Instant now) {
        var live = new EntitlementSearch(
                List.of(customer.id()),
                List.of(),
                List.of(),
                false,
                now,
                Order.CREATED_AT,
                false,
                new PageRequest(1, PageRequest.MAX_SIZE));
        List<Entitlement> batch = entitlements.list(live).items();
        while (!batch.isEmpty()) {
            batch.forEach(entitlement -> delete(entitlement, now));
            batch = entitlements.list(live).items();
        }
    }

    private void delete(Entitlement entitlement, Instant now) {
        try {
            entitlements.delete(entitlement.id(), now);
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.NOT_FOUND) {
                throw refusal;
            }
            // It was deleted concurrently.
        }
    }
}
