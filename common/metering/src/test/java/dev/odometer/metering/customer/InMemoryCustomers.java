package dev.odometer.metering.customer;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.resource.Page;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Customers in memory. Passes {@link CustomersContract}. */
public final class InMemoryCustomers implements Customers {

    private final Map<String, Customer> byId = new LinkedHashMap<>();
    private Function<CustomerSearch.Subscribed, Set<String>> subscribed = filter -> Set.of();

    /** Sets what returns the ids of the customers with a subscription. */
    public void subscribed(Function<CustomerSearch.Subscribed, Set<String>> ids) {
        subscribed = ids;
    }

    @Override
    public Page<Customer> list(CustomerSearch search) {
        CustomerSearch.Subscribed filter = search.subscribed();
        Set<String> ids = filter == null ? Set.of() : subscribed.apply(filter);
        return list(search, c -> filter == null || ids.contains(c.id()));
    }

    private synchronized Page<Customer> list(CustomerSearch search, Predicate<Customer> isSubscribed) {
        Comparator<Customer> order = switch (search.order()) {
            case ID -> Comparator.comparing(Customer::id);
            case NAME -> Comparator.comparing(Customer::name).thenComparing(Customer::id);
            case CREATED_AT -> Comparator.comparing(Customer::createdAt).thenComparing(Customer::id);
        };
        List<Customer> found = byId.values().stream()
                .filter(c -> search.includeDeleted() || !c.isDeleted())
                .filter(c -> matches(search.key(), Stream.of(Objects.requireNonNullElse(c.key(), ""))))
                .filter(c -> matches(search.name(), Stream.of(c.name())))
                .filter(c ->
                        matches(search.primaryEmail(), Stream.of(Objects.requireNonNullElse(c.primaryEmail(), ""))))
                .filter(c -> matches(search.subject(), c.subjects().stream()))
                .filter(isSubscribed)
                .sorted(search.descending() ? order.reversed() : order)
                .toList();
        return search.page().slice(found);
    }

    private static boolean matches(@Nullable TextFilter filter, Stream<String> texts) {
        return filter == null || texts.anyMatch(filter.toPredicate());
    }

    @Override
    public synchronized Optional<Customer> find(String idOrKey) {
        return Optional.ofNullable(byId.get(idOrKey))
                .or(() -> live().filter(c -> idOrKey.equals(c.key())).findFirst());
    }

    @Override
    public synchronized List<Customer> findByIds(Collection<String> ids) {
        return byId.values().stream().filter(c -> ids.contains(c.id())).toList();
    }

    private Stream<Customer> live() {
        return byId.values().stream().filter(c -> !c.isDeleted());
    }

    @Override
    public synchronized List<Attribution> attributions(int maxSubjects) {
        List<Attribution> found = live().sorted(Comparator.comparing(Customer::id))
                .map(Attribution::of)
                .toList();
        if (found.stream().mapToInt(customer -> customer.subjects().size()).sum() > maxSubjects) {
            throw Customers.tooManySubjects(maxSubjects);
        }
        return found;
    }

    @Override
    public synchronized Map<String, String> idsBySubject(Collection<String> subjects) {
        var ids = new TreeMap<String, String>();
        live().forEach(c -> c.subjects().stream().filter(subjects::contains).forEach(s -> ids.put(s, c.id())));
        return ids;
    }

    @Override
    public synchronized void add(Customer customer) {
        checkFree(customer);
        byId.put(customer.id(), customer);
    }

    @Override
    public synchronized void replace(Customer customer) {
        if (live().noneMatch(c -> c.id().equals(customer.id()))) {
            throw Refusal.notFound("customer not found: " + customer.id());
        }
        if (!customer.isDeleted()) {
            checkFree(customer);
        }
        byId.put(customer.id(), customer);
    }

    private void checkFree(Customer customer) {
        Set<String> wanted = new HashSet<>(customer.subjects());
        live().filter(other -> !other.id().equals(customer.id())).forEach(other -> {
            var taken = new HashSet<>(other.subjects());
            taken.add(other.id());
            taken.retainAll(wanted);
            if (!taken.isEmpty()) {
                throw Refusal.conflict("key or subject key already belongs to another customer: "
                        + taken.iterator().next());
            }
        });
    }
}
