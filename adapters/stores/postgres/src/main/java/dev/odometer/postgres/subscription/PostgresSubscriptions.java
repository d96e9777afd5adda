package dev.odometer.postgres.subscription;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.subscription.Subscription;
import dev.odometer.metering.subscription.SubscriptionSearch;
import dev.odometer.metering.subscription.Subscriptions;
import dev.odometer.metering.subscription.Succession;
import dev.odometer.postgres.customer.BillingDue;
import dev.odometer.postgres.customer.StoredCustomer;
import dev.odometer.postgres.entitlement.ManagedEntitlements;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Subscriptions in PostgreSQL. */
public final class PostgresSubscriptions implements Subscriptions {

    private static final String LOCK_CUSTOMER = "select * from customer where id = :id for update";
    private static final String OF_CUSTOMERS = """
            select * from subscription
            where customer_id = any (:customers) and deleted_at is null and (active_to is null or active_to > :at)
            order by active_from, id
            """;
    private static final String OVERLAPPING = """
            select id from subscription
            where customer_id = :customer and id <> all (:ids) and deleted_at is null
                and (active_to is null or (active_to > active_from and active_to > :from))
                and (cast(:to as bigint) is null or active_from < :to)
            order by active_from, id limit 1
            """;

    private final Database database;

    public PostgresSubscriptions(Database database) {
        this.database = database;
    }

    @Override
    public Page<Subscription> list(SubscriptionSearch search) {
        var conditions = new Conditions();
        conditions.add("deleted_at is null");
        conditions.any(List.of(search.customerId()), "customer_id");
        if (!search.statuses().isEmpty()) {
            String now = conditions.parameter(Micros.of(search.now()));
            conditions.add(search.statuses().stream()
                    .map(status -> condition(status, now))
                    .collect(Collectors.joining(" or ", "(", ")")));
        }
        String direction = search.descending() ? " desc" : "";
        String column = search.order() == SubscriptionSearch.Order.ACTIVE_FROM ? "active_from" : "active_to";
        // In PostgreSQL, null is last in ascending and first in descending order.
        String order = column + direction + ", id" + direction;
        return new Rows<>("*", "subscription", order, StoredSubscription::of).page(database, conditions, search.page());
    }

    /** The condition of {@link Subscription#status} at the time. */
    private static String condition(Subscription.Status status, String now) {
        return switch (status) {
            case SCHEDULED -> "active_from > " + now;
            case ACTIVE -> "(active_from <= " + now + " and active_to is null)";
            case CANCELED -> "(active_from <= " + now + " and active_to > " + now + ")";
            case INACTIVE -> "(active_from <= " + now + " and active_to <= " + now + ")";
        };
    }

    @Override
    public Optional<Subscription> find(String id) {
        return database.read(() -> byId(id));
    }

    private Optional<Subscription> byId(String id) {
        return database.sql()
                .sql("select * from subscription where id = :id")
                .param("id", Texts.key(id))
                .query((row, n) -> StoredSubscription.of(row))
                .optional();
    }

    @Override
    public List<Subscription> open(Collection<String> customerIds, Instant at) {
        return database.read(() -> database.sql()
                .sql(OF_CUSTOMERS)
                .param("customers", Texts.keys(customerIds))
                .param("at", Micros.of(at))
                .query((row, n) -> StoredSubscription.of(row))
                .list());
    }

    @Override
    public void add(Subscription subscription) {
        database.write(() -> {
            Customer customer = lockedCustomer(subscription.customerId());
            put(List.of(subscription), customer);
            bill(customer, subscription, null);
            return true;
        });
    }

    @Override
    public Subscription change(String id, UnaryOperator<Subscription> change) {
        return database.write(() -> {
            Customer customer = lockedCustomerOf(id);
            Subscription stored = stored(id);
            Subscription changed = change.apply(stored);
            put(List.of(changed), customer);
            bill(customer, changed, stored);
            return changed;
        });
    }

    @Override
    public Succession succeed(String id, Function<Subscription, Succession> change) {
        return database.write(() -> {
            Customer customer = lockedCustomerOf(id);
            Succession succession = change.apply(stored(id));
            put(List.of(succession.current(), succession.next()), customer);
            bill(customer, succession.next(), null);
            return succession;
        });
    }

    private Customer lockedCustomer(String id) {
        return database.sql()
                .sql(LOCK_CUSTOMER)
                .param("id", Texts.key(id))
                .query((row, n) -> StoredCustomer.of(row))
                .optional()
                .orElseThrow(() -> Refusal.notFound("customer not found: " + Refusal.quote(id)));
    }

    private Customer lockedCustomerOf(String subscriptionId) {
        return lockedCustomer(stored(subscriptionId).customerId());
    }

    private Subscription stored(String id) {
        return byId(id).filter(subscription -> !subscription.isDeleted())
                .orElseThrow(() -> Refusal.notFound("subscription not found: " + Refusal.quote(id)));
    }

    /** Stores subscriptions of the customer, whose row is locked, in the order in which they are active. */
    private void put(List<Subscription> all, Customer customer) {
        if (customer.isDeleted()) {
            throw Refusal.preconditionFailed("customer is deleted: " + customer.id());
        }
        String[] ids = all.stream().map(Subscription::id).toArray(String[]::new);
        for (Subscription one : all) {
            refuseOverlap(one, ids);
            database.sql()
                    .sql(StoredSubscription.PUT)
                    .params(StoredSubscription.columns(one))
                    .update();
        }
        for (Subscription one : all) {
            ManagedEntitlements.put(database, one.id(), one.entitlements(), one.updatedAt());
        }
        ManagedEntitlements.refuseConflicts(database, List.of(ids));
        BillingDue.atOnce(database, List.of(customer.id()));
    }

    private void refuseOverlap(Subscription subscription, String[] ids) {
        if (subscription.isDeleted() || subscription.span().isEmpty()) {
            return;
        }
        database.sql()
                .sql(OVERLAPPING)
                .param("customer", subscription.customerId())
                .param("ids", ids)
                .param("from", Micros.of(subscription.activeFrom()))
                .param("to", Micros.ofNullable(subscription.activeTo()))
                .query(String.class)
                .optional()
                .ifPresent(other -> {
                    throw subscription.overlapping(other);
                });
    }

    /** @param before as it was stored; absent if it is new */
    private void bill(Customer customer, Subscription subscription, @Nullable Subscription before) {
        subscription
                .currencyFor(customer, before)
                .ifPresent(currency -> database.sql()
                        .sql("update customer set currency = :currency, updated_at = :at where id = :id")
                        .param("currency", currency)
                        .param("at", Micros.of(subscription.updatedAt()))
                        .param("id", customer.id())
                        .update());
    }
}
