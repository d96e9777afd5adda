package dev.odometer.api.functions.events;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Translates a filter on customers into one on subjects, which events contain. */
final class CustomerSubjects {

    static final int MAX_CUSTOMERS = 100;

    private final CustomerLookup customers;

    CustomerSubjects(CustomerLookup customers) {
        this.customers = customers;
    }

    /** The subjects of the customers; null, which means any subject, without customers. */
    @Nullable
    Set<String> of(Collection<String> customerIds) {
        if (customerIds.isEmpty()) {
            return null;
        }
        CustomerLookup.Result result = customers.findAll(customerIds);
        if (!result.unknown().isEmpty()) {
            throw Refusal.invalid("customers not found in namespace default: " + result.unknownQuoted());
        }
        return result.found().stream()
                .map(Customer::subjects)
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
    }
}
