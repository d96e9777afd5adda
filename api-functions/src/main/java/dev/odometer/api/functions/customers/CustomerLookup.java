package dev.odometer.api.functions.customers;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.resource.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds customers by id or key for other functions; a missing customer is a {@code Refusal}. */
public final class CustomerLookup {

    private final Customers customers;

    public CustomerLookup(Customers customers) {
        this.customers = customers;
    }

    /** A customer by id even if it is deleted, or by key if it is live. */
    public Customer any(String idOrKey) {
        // A text that cannot be stored cannot be searched either.
        return Optional.of(idOrKey)
                .filter(Text::isStorable)
                .flatMap(customers::find)
                .orElseThrow(() -> missing(idOrKey));
    }

    /** A live customer, by id or key. */
    public Customer live(String idOrKey) {
        Customer customer = any(idOrKey);
        if (customer.isDeleted()) {
            throw missing(idOrKey);
        }
        return customer;
    }

    /** A customer by id only, even if it is deleted. */
    public Customer anyWithId(String id) {
        Customer customer = any(id);
        if (!customer.id().equals(id)) {
            throw missing(id);
        }
        return customer;
    }

    /** A live customer, by id only. */
    public Customer liveWithId(String id) {
        Customer customer = live(id);
        if (!customer.id().equals(id)) {
            throw missing(id);
        }
        return customer;
    }

    private static Refusal missing(String idOrKey) {
        return Refusal.notFound("customer not found: " + Refusal.quote(idOrKey));
    }

    /** The live customers with these ids, all of which must exist. */
    public List<Customer> requireAll(Collection<String> ids) {
        Result result = findAll(ids);
        if (!result.unknown().isEmpty()) {
            throw Refusal.notFound("customer not found: " + result.unknownQuoted());
        }
        return result.found();
    }

    /** Finds the live customers with these ids. */
    public Result findAll(Collection<String> ids) {
        Map<String, Customer> live = ids.isEmpty()
                ? Map.of()
                : customers.findByIds(ids).stream()
                        .filter(customer -> !customer.isDeleted())
                        .collect(Collectors.toMap(Customer::id, Function.identity()));
        return new Result(
                ids.stream().filter(live::containsKey).map(live::get).toList(),
                ids.stream().filter(id -> !live.containsKey(id)).toList());
    }

    /** The live customers found by id, and the ids that no live customer has. */
    public record Result(List<Customer> found, List<String> unknown) {

        public Result {
            found = List.copyOf(found);
            unknown = List.copyOf(unknown);
        }

        /** The unknown ids, quoted for a message. */
        public String unknownQuoted() {
            return Refusal.quote(String.join(", ", unknown));
        }
    }
}
