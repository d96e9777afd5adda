package dev.odometer.api.functions.customers;

import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.resource.Lifecycle;
import java.util.function.Supplier;

/** Creates missing entries in the subjects list for a customer's subjects, as clients of the wire API expect. */
public final class CustomerSubjectEntries {

    private final Subjects subjects;
    private final Supplier<String> ids;

    public CustomerSubjectEntries(Subjects subjects, Supplier<String> ids) {
        this.subjects = subjects;
        this.ids = ids;
    }

    /** Runs after the customer is stored: a missing entry is harmless, because counting does not need one. */
    void addMissing(Customer customer) {
        if (!customer.subjectKeys().isEmpty()) {
            subjects.addMissing(customer.subjectKeys().stream()
                    .map(key -> new Subject(
                            ids.get(), key, null, null, null, null, null, Lifecycle.created(customer.updatedAt())))
                    .toList());
        }
    }
}
