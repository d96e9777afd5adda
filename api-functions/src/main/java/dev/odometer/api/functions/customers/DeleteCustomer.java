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
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Ends a customer with its entitlements, and frees its key and subjects; it can still be read by id, and its usage stays.
 */
public final class DeleteCustomer implements Consumer<DeleteCustomer.Input> {

    private final CustomerLookup known;
    private final Customers customers;
    private final Entitlements entitlements;
    private final Clock clock;

    public DeleteCustomer(Customers customers, Entitlements entitlements, Clock clock) {
        this.known = new CustomerLookup(customers);
        this.customers = customers;
        this.entitlements = entitlements;
        this.clock = clock;
    }

    /** Which customer. */
    public record Input(String customerIdOrKey) {}

    @Override
    public void accept(Input input) {
        Customer customer = known.live(input.customerIdOrKey);
        Instant now = clock.instant();
        // Before the customer: whoever is interrupted can ask for the rest again.
        endEntitlements(customer, now);
        customers.replace(customer.deleted(now));
    }

    private void endEntitlements(Customer customer, Instant now) {
        var live = new EntitlementSearch(
                List.of(customer.id()),
                List.of(),
                List.of(),
                false,
                Order.CREATED_AT,
                false,
                new PageRequest(1, PageRequest.MAX_SIZE));
        List<Entitlement> some = entitlements.list(live).items();
        while (!some.isEmpty()) {
            some.forEach(entitlement -> end(entitlement, now));
            some = entitlements.list(live).items();
        }
    }

    private void end(Entitlement entitlement, Instant now) {
        try {
            entitlements.delete(entitlement.id(), now);
        } catch (Refusal refusal) {
            if (refusal.kind() != RefusalKind.NOT_FOUND) {
                throw refusal;
            }
            // Somebody else ended it meanwhile.
        }
    }
}
