package dev.odometer.api.functions.customers;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.resource.Text;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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

    /** A live customer, by id or key; a deleted one fails the precondition. */
    public Customer live(String idOrKey) {
        return checkedLive(any(idOrKey));
    }

    /** Returns the customer if it is live. */
    public static Customer checkedLive(Customer customer) {
        if (customer.isDeleted()) {
            throw deleted(customer);
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

    /** The refusal for a deleted customer. */
    public static Refusal deleted(Customer customer) {
        return Refusal.preconditionFailed("customer is deleted: " + customer.id());
    }

    /** The ids of the live customers with these ids or keys; deleted customers are skipped, unknown ones refused. */
    public List<String> idsOf(Collection<String> idsOrKeys) {
        return named(idsOrKeys).stream()
                .filter(customer -> !customer.isDeleted())
                .map(Customer::id)
                .distinct()
                .toList();
    }

    /** The customers with these ids or keys, each once; a deleted one fails the precondition, unknown ones are refused. */
    public List<Customer> liveAll(Collection<String> idsOrKeys) {
        return named(idsOrKeys).stream()
                .map(CustomerLookup::checkedLive)
                .distinct()
                .toList();
    }

    private List<Customer> named(Collection<String> idsOrKeys) {
        if (idsOrKeys.isEmpty()) {
            return List.of();
        }
        // Usage is attributed by keys and by subject keys, so drop customers found by a subject key.
        List<Customer> found = Stream.concat(
                        customers.findByIds(idsOrKeys).stream(),
                        customers.findByIds(customers.idsBySubject(idsOrKeys).values()).stream()
                                .filter(customer -> customer.key() != null && idsOrKeys.contains(customer.key())))
                .toList();
        Set<String> known = found.stream()
                .flatMap(customer -> Stream.of(customer.id(), String.valueOf(customer.key())))
                .collect(Collectors.toSet());
        idsOrKeys.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(unknown -> {
            throw missing(unknown);
        });
        return found;
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
