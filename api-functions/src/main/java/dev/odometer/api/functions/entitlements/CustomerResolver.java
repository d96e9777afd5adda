package dev.odometer.api.functions.entitlements;

import dev.odometer.api.functions.customers.CustomerLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.resource.Text;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the customers that hold entitlements, by their id or key or by one of their subjects. */
public final class CustomerResolver {

    private final Customers customers;
    private final Subjects subjects;

    public CustomerResolver(Customers customers, Subjects subjects) {
        this.customers = customers;
        this.subjects = subjects;
    }

    /**
     * A reference to a customer; exactly one of the two is set.
     *
     * @param subjectIdOrKey a subject of a live customer
     * @param customerIdOrKey a live customer
     */
    public record CustomerReference(
            @Nullable String subjectIdOrKey, @Nullable String customerIdOrKey) {

        public CustomerReference {
            if ((subjectIdOrKey == null) == (customerIdOrKey == null)) {
                throw Refusal.invalid("either a subject or a customer is required, not both");
            }
        }

        /** The key or id, whichever is set. */
        String name() {
            return subjectIdOrKey == null ? String.valueOf(customerIdOrKey) : subjectIdOrKey;
        }
    }

    /**
     * A customer that holds entitlements.
     *
     * @param subjectKey the subject of the request, or else the customer's first
     */
    public record Holder(Customer customer, String subjectKey) {

        static Holder of(Customer customer) {
            return new Holder(customer, customer.subjects().iterator().next());
        }
    }

    /** The live customer, which must exist. */
    public Holder holder(CustomerReference reference) {
        return find(reference).orElseThrow(() -> missing(reference));
    }

    /** The refusal for a customer that does not exist or is deleted. */
    public Refusal absent(CustomerReference reference) {
        return Optional.ofNullable(reference.customerIdOrKey)
                .filter(Text::isStorable)
                .flatMap(customers::find)
                .map(CustomerLookup::deleted)
                .orElseGet(() -> missing(reference));
    }

    /** The refusal for a customer that does not exist. */
    static Refusal missing(CustomerReference reference) {
        String name = Refusal.quote(reference.name());
        return Refusal.notFound(
                reference.subjectIdOrKey == null
                        ? "customer not found: " + name
                        : "no customer has the subject: " + name);
    }

    /** @throws Refusal PRECONDITION_FAILED when a request by customer names a deleted one */
    Optional<Holder> find(CustomerReference reference) {
        if (!Text.isStorable(reference.name())) {
            return Optional.empty();
        }
        if (reference.subjectIdOrKey == null) {
            return customers
                    .find(reference.name())
                    .map(CustomerLookup::checkedLive)
                    .map(Holder::of);
        }
        return attributed(reference.subjectIdOrKey)
                .flatMap(found -> live(found.customerId).map(customer -> new Holder(customer, found.subject)));
    }

    private Optional<Customer> live(String idOrKey) {
        return customers.find(idOrKey).filter(customer -> !customer.isDeleted());
    }

    /** The id of the live customer that has the subject. */
    public String customerOf(String subjectIdOrKey) {
        return Optional.of(subjectIdOrKey)
                .filter(Text::isStorable)
                .flatMap(this::attributed)
                .orElseThrow(() -> missing(new CustomerReference(subjectIdOrKey, null)))
                .customerId;
    }

    private record Attributed(String subject, String customerId) {}

    /** Searches by the subject's key, which most requests use, and then by the id of its entry. */
    private Optional<Attributed> attributed(String idOrKey) {
        return attributedKey(idOrKey)
                .or(() -> subjects.find(idOrKey).map(Subject::key).flatMap(this::attributedKey));
    }

    private Optional<Attributed> attributedKey(String key) {
        return customers.idBySubject(key).map(id -> new Attributed(key, id));
    }

    /** A subject's key: of the entry with this id, or the text itself, because subjects need no entry. */
    String subjectKey(String idOrKey) {
        return subjects.find(idOrKey).map(Subject::key).orElse(idOrKey);
    }
}
