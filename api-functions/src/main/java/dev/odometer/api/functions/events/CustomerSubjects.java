package dev.odometer.api.functions.events;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a condition on customers into one on subjects, which is what events have. */
final class CustomerSubjects {

    static final int MAX_CUSTOMERS = 100;

    private final CustomerLookup customers;

    CustomerSubjects(CustomerLookup customers) {
        this.customers = customers;
    }

    /** The subjects of the customers; absent, meaning any subject, when no customer is asked for. */
    @Nullable
    Set<String> of(Collection<String> customerIds) {
        if (customerIds.isEmpty()) {
            return null;
        }
        CustomerLookup.Named named = customers.named(customerIds);
        if (!named.unknown().isEmpty()) {
            throw Refusal.invalid("customers not found in namespace default: " + named.unknownQuoted());
        }
        return named.found().stream()
                .map(Customer::subjects)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }
}
