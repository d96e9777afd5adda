package dev.odometer.api.functions.entitlements;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.resource.Text;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The customers that hold entitlements, by their own ids and keys or by those of their subjects. */
public final class CustomerResolver {

    private final Customers customers;
    private final Subjects subjects;

    public CustomerResolver(Customers customers, Subjects subjects) {
        this.customers = customers;
        this.subjects = subjects;
    }

    /**
     * Who is meant: exactly one of the two is there.
     *
     * @param subjectIdOrKey of a subject that some live customer has
     * @param customerIdOrKey of a live customer
     */
    public record Named(
            @Nullable String subjectIdOrKey, @Nullable String customerIdOrKey) {

        public Named {
            if ((subjectIdOrKey == null) == (customerIdOrKey == null)) {
                throw Refusal.invalid("either a subject or a customer is required, not both");
            }
        }

        /** The key or id, of whichever it is. */
        String name() {
            return subjectIdOrKey == null ? String.valueOf(customerIdOrKey) : subjectIdOrKey;
        }
    }

    /** @param subjectKey the subject that was asked by, or of several the customer's first */
    public record Holder(Customer customer, String subjectKey) {

        static Holder of(Customer customer) {
            return new Holder(customer, customer.subjects().iterator().next());
        }
    }

    /** The live customer. */
    public Holder holder(Named named) {
        return find(named).orElseThrow(() -> missing(named));
    }

    /** Says that nobody is. */
    public static Refusal missing(Named named) {
        String name = Refusal.quote(named.name());
        return Refusal.notFound(
                named.subjectIdOrKey == null ? "customer not found: " + name : "no customer has the subject: " + name);
    }

    Optional<Holder> find(Named named) {
        if (!Text.isStorable(named.name())) {
            return Optional.empty();
        }
        if (named.subjectIdOrKey == null) {
            return live(named.name()).map(Holder::of);
        }
        return attributed(named.subjectIdOrKey)
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
                .orElseThrow(() -> missing(new Named(subjectIdOrKey, null)))
                .customerId;
    }

    private record Attributed(String subject, String customerId) {}

    /** By the subject's key, which most are named by, and where nobody has that by the id of its entry. */
    private Optional<Attributed> attributed(String idOrKey) {
        return attributedKey(idOrKey)
                .or(() -> subjects.find(idOrKey).map(Subject::key).flatMap(this::attributedKey));
    }

    private Optional<Attributed> attributedKey(String key) {
        return Optional.ofNullable(customers.idsBySubject(List.of(key)).get(key))
                .map(id -> new Attributed(key, id));
    }

    /** A subject's key, by the id of its entry or by the key itself: subjects need no entry. */
    String subjectKey(String idOrKey) {
        return subjects.find(idOrKey).map(Subject::key).orElse(idOrKey);
    }
}
