package dev.odometer.metering.customer;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The store of customers. A subject belongs to at most one live customer, even under concurrent writes. */
public interface Customers {

    /** A page of customers, with the total count. */
    Page<Customer> list(CustomerSearch search);

    /** Finds by id, including deleted customers, or by key among live ones. */
    Optional<Customer> find(String idOrKey);

    /** The customers with these ids, including deleted ones, in any order. Unknown ids are ignored. */
    List<Customer> findByIds(Collection<String> ids);

    /**
     * All live customers with their subjects, by id.
     *
     * @param maxSubjects bounds the memory of the result
     * @throws Refusal INVALID when they have more subjects
     */
    List<Attribution> attributions(int maxSubjects);

    /** The refusal of a request for all customers that have too many subjects. */
    static Refusal tooManySubjects(int maxSubjects) {
        return Refusal.invalid(
                "the customers have more than " + maxSubjects + " subjects; select customers with the field customers");
    }

    /** The id of the live customer by subject, for subjects that belong to one. */
    Map<String, String> idsBySubject(Collection<String> subjects);

    /** The id of the live customer that the subject belongs to. */
    default Optional<String> idBySubject(String subject) {
        return Optional.ofNullable(idsBySubject(List.of(subject)).get(subject));
    }

    /** @throws Refusal CONFLICT when a key or subject key belongs to another customer */
    void add(Customer customer);

    /**
     * Replaces a live customer.
     *
     * @throws Refusal CONFLICT when a key or subject key belongs to another customer, or when it is deleted while it
     *     has a subscription; NOT_FOUND when the customer does not exist or was deleted concurrently
     */
    void replace(Customer customer);
}
