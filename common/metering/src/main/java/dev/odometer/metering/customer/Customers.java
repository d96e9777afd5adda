package dev.odometer.metering.customer;

import dev.odometer.metering.resource.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The customers. A subject belongs to at most one live customer, whoever writes at the same time. */
public interface Customers {

    /** A page of customers and how many there are in all. */
    Page<Customer> list(CustomerSearch search);

    /** By id, deleted ones too; by key, only a live one. */
    Optional<Customer> find(String idOrKey);

    /** Those of the ids that exist, deleted ones too, in no particular order. */
    List<Customer> named(Collection<String> ids);

    /** Live customers, by subject, of the subjects that have one. */
    Map<String, String> idsBySubject(Collection<String> subjects);

    /** @throws dev.odometer.refusal.Refusal CONFLICT when a key or subject key is taken */
    void add(Customer customer);

    /**
     * Replaces a live customer.
     *
     * @throws dev.odometer.refusal.Refusal CONFLICT when a key or subject key is taken, NOT_FOUND when it was deleted
     *     meanwhile
     */
    void replace(Customer customer);
}
