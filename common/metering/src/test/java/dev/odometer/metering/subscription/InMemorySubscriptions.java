package dev.odometer.metering.subscription;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.CustomerSearch;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.customer.InMemoryCustomers;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.InMemoryEntitlements;
import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Subscriptions in memory. Passes {@link SubscriptionsContract}. */
public final class InMemorySubscriptions implements Subscriptions {

    private final Map<String, Subscription> byId = new LinkedHashMap<>();
    private final Customers customers;
    private final InMemoryEntitlements entitlements;

    public InMemorySubscriptions(Customers customers, InMemoryEntitlements entitlements) {
        this.customers = customers;
        this.entitlements = entitlements;
        if (customers instanceof InMemoryCustomers inMemory) {
            inMemory.subscribed(this::subscribed);
        }
    }

    private synchronized Set<String> subscribed(CustomerSearch.Subscribed filter) {
        return byId.values().stream()
                .filter(one -> !one.isDeleted() && one.span().contains(filter.at()))
                .filter(one -> one.plan() != null && one.plan().key().equals(filter.planKey()))
                .map(Subscription::customerId)
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized Page<Subscription> list(SubscriptionSearch search) {
        Comparator<Subscription> order = switch (search.order()) {
            case ACTIVE_FROM -> Comparator.comparing(Subscription::activeFrom);
            case ACTIVE_TO ->
                Comparator.comparing(Subscription::activeTo, Comparator.nullsLast(Comparator.naturalOrder()));
        };
        order = order.thenComparing(Subscription::id);
        return search.page()
                .slice(byId.values().stream()
                        .filter(one -> one.customerId().equals(search.customerId()) && !one.isDeleted())
                        .filter(one ->
                                search.statuses().isEmpty() || search.statuses().contains(one.status(search.now())))
                        .sorted(search.descending() ? order.reversed() : order)
                        .toList());
    }

    @Override
    public synchronized Optional<Subscription> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    @Override
    public synchronized List<Subscription> open(Collection<String> customerIds, Instant at) {
        return byId.values().stream()
                .filter(one -> customerIds.contains(one.customerId()) && !one.isDeleted())
                .filter(one -> one.activeTo() == null || one.activeTo().isAfter(at))
                .sorted(Comparator.comparing(Subscription::activeFrom).thenComparing(Subscription::id))
                .toList();
    }

    @Override
    public synchronized void add(Subscription subscription) {
        put(List.of(subscription), null);
    }

    @Override
    public synchronized Subscription change(String id, UnaryOperator<Subscription> change) {
        Subscription stored = stored(id);
        Subscription changed = change.apply(stored);
        put(List.of(changed), stored);
        return changed;
    }

    @Override
    public synchronized Succession succeed(String id, Function<Subscription, Succession> change) {
        Succession succession = change.apply(stored(id));
        put(List.of(succession.current(), succession.next()), null);
        return succession;
    }

    private Subscription stored(String id) {
        Subscription stored = byId.get(id);
        if (stored == null || stored.isDeleted()) {
            throw Refusal.notFound("subscription not found: " + id);
        }
        return stored;
    }

    private void put(List<Subscription> all, @Nullable Subscription stored) {
        var after = new LinkedHashMap<>(byId);
        all.forEach(one -> after.put(one.id(), one));
        Subscription last = all.get(all.size() - 1);
        Customer customer = customers
                .find(last.customerId())
                .filter(found -> found.id().equals(last.customerId()))
                .orElseThrow(() -> Refusal.notFound("customer not found: " + last.customerId()));
        if (customer.isDeleted()) {
            throw Refusal.preconditionFailed("customer is deleted: " + customer.id());
        }
        Optional<String> currency = last.currencyFor(customer, stored);
        var given = new LinkedHashMap<String, List<Entitlement>>();
        for (Subscription one : all) {
            after.values().stream().filter(one::overlaps).findFirst().ifPresent(other -> {
                throw one.overlapping(other.id());
            });
            given.put(one.id(), new ArrayList<>(one.entitlements()));
        }
        entitlements.manage(given, last.updatedAt());
        currency.ifPresent(code -> customers.replace(customer.billedIn(code, last.updatedAt())));
        byId.putAll(after);
    }
}
