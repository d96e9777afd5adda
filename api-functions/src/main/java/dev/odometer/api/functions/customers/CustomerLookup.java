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

/** The customers that exist, for functions that are given a name and need the customer. */
public final class CustomerLookup {

    private final Customers customers;

    public CustomerLookup(Customers customers) {
        this.customers = customers;
    }

    /** By id, deleted ones too; by key, only a live one. */
    public Customer any(String idOrKey) {
        // What a store cannot hold it cannot look for either.
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

    private static Refusal missing(String idOrKey) {
        return Refusal.notFound("customer not found: " + Refusal.quote(idOrKey));
    }

    /** The live customers of those ids, all of them. */
    public List<Customer> allNamed(Collection<String> ids) {
        Named named = named(ids);
        if (!named.unknown().isEmpty()) {
            throw Refusal.notFound("customer not found: " + named.unknownQuoted());
        }
        return named.found();
    }

    /** What a list of ids names. */
    public Named named(Collection<String> ids) {
        Map<String, Customer> live = ids.isEmpty()
                ? Map.of()
                : customers.named(ids).stream()
                        .filter(customer -> !customer.isDeleted())
                        .collect(Collectors.toMap(Customer::id, Function.identity()));
        return new Named(
                ids.stream().filter(live::containsKey).map(live::get).toList(),
                ids.stream().filter(id -> !live.containsKey(id)).toList());
    }

    /** The live customers of a list of ids, and the ids of none. */
    public record Named(List<Customer> found, List<String> unknown) {

        public Named {
            found = List.copyOf(found);
            unknown = List.copyOf(unknown);
        }

        /** The ids of no customer, as they may stand in a sentence. */
        public String unknownQuoted() {
            return Refusal.quote(String.join(", ", unknown));
        }
    }
}
