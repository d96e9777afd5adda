package dev.odometer.postgres.customer;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Attribution;
import dev.odometer.metering.customer.Customer;
import dev.odometer.metering.customer.CustomerSearch;
import dev.odometer.metering.customer.Customers;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;

/**
 * Customers in PostgreSQL. All ids, keys and subject keys of customers are in one table, whose primary key keeps them
 * unique.
 */
public final class PostgresCustomers implements Customers {

    private static final String PUT = """
            insert into customer (id, key, name, description, subject_keys, currency, primary_email, billing_address,
                tax_id, time_zone, metadata, created_at, updated_at, deleted_at)
            values (:id, :key, :name, :description, :subjectKeys, :currency, :primaryEmail, :billingAddress,
                :taxId, :timeZone, :metadata, :createdAt, :updatedAt, :deletedAt)
            on conflict (id) do update set key = excluded.key, name = excluded.name,
                description = excluded.description, subject_keys = excluded.subject_keys,
                currency = excluded.currency, primary_email = excluded.primary_email,
                billing_address = excluded.billing_address, tax_id = excluded.tax_id,
                time_zone = excluded.time_zone, metadata = excluded.metadata,
                updated_at = excluded.updated_at, deleted_at = excluded.deleted_at
            """;

    /** Rows per fetch. Without it, the driver would load all customers into memory. */
    private static final int FETCH = 500;

    private static final String IS_SUBSCRIBED = """
            exists (select from subscription s where s.customer_id = customer.id and s.plan_key = %1$s
                and s.deleted_at is null and s.active_from <= %2$s and (s.active_to is null or s.active_to > %2$s))
            """;
    private static final String OPEN_SUBSCRIPTION = """
            select id from subscription
            where customer_id = :id and deleted_at is null and (active_to is null or active_to > :at)
            order by active_from limit 1
            """;

    private final Database database;

    public PostgresCustomers(Database database) {
        this.database = database;
    }

    @Override
    public Page<Customer> list(CustomerSearch search) {
        var conditions = new Conditions();
        if (!search.includeDeleted()) {
            conditions.add("deleted_at is null");
        }
        conditions.text("coalesce(key, '')", search.key());
        conditions.text("name", search.name());
        conditions.text("coalesce(primary_email, '')", search.primaryEmail());
        if (search.subject() != null) {
            conditions.add("exists (select from unnest(subject_keys || coalesce(key, '')) s where "
                    + conditions.sql("s", search.subject()) + ")");
        }
        if (search.subscribed() != null) {
            conditions.add(IS_SUBSCRIBED.formatted(
                    conditions.parameter(Texts.key(search.subscribed().planKey())),
                    conditions.parameter(Micros.of(search.subscribed().at()))));
        }
        String order = column(search.order()) + (search.descending() ? " desc, id desc" : ", id");
        return new Rows<>("*", "customer", order, StoredCustomer::of).page(database, conditions, search.page());
    }

    private static String column(CustomerSearch.Order order) {
        return switch (order) {
            case ID -> "id";
            case NAME -> "name";
            case CREATED_AT -> "created_at";
        };
    }

    @Override
    public Optional<Customer> find(String idOrKey) {
        return database.read(() -> database
                .sql()
                .sql("select * from customer where id = :key or (key = :key and deleted_at is null)"
                        + " order by id = :key desc")
                .param("key", Texts.key(idOrKey))
                .query((row, n) -> StoredCustomer.of(row))
                .list()
                .stream()
                .findFirst());
    }

    @Override
    public List<Customer> findByIds(Collection<String> ids) {
        return database.read(() -> StoredCustomer.byIds(database, ids));
    }

    @Override
    public List<Attribution> attributions(int maxSubjects) {
        return database.readLong(() -> {
            var found = new ArrayList<Attribution>();
            int[] subjects = new int[1];
            database.sql()
                    .sql("select id, key, name, subject_keys from customer where deleted_at is null order by id")
                    .withFetchSize(FETCH)
                    .query((ResultSet row) -> {
                        Attribution customer = attribution(row);
                        subjects[0] += customer.subjects().size();
                        if (subjects[0] > maxSubjects) {
                            throw Customers.tooManySubjects(maxSubjects);
                        }
                        found.add(customer);
                    });
            return found;
        });
    }

    private static Attribution attribution(ResultSet row) throws SQLException {
        var subjects =
                new HashSet<>(List.of((String[]) row.getArray("subject_keys").getArray()));
        String key = row.getString("key");
        if (key != null) {
            subjects.add(key);
        }
        return new Attribution(row.getString("id"), key, row.getString("name"), subjects);
    }

    @Override
    public Map<String, String> idsBySubject(Collection<String> subjects) {
        return database.read(() -> {
            var ids = new HashMap<String, String>();
            database.sql()
                    .sql("select name, customer_id from customer_name where attributes and name = any (:subjects)")
                    .param("subjects", Texts.keys(subjects))
                    .query(row -> {
                        ids.put(row.getString("name"), row.getString("customer_id"));
                    });
            return ids;
        });
    }

    @Override
    public void add(Customer customer) {
        put(customer, false);
    }

    @Override
    public void replace(Customer customer) {
        put(customer, true);
    }

    private void put(Customer customer, boolean mustExist) {
        try {
            database.write(() -> {
                // Without this lock, two concurrent changes that swap names would deadlock.
                Locks.exclusive(database, Locks.CUSTOMERS);
                if (mustExist && !isLive(customer)) {
                    throw Refusal.notFound("customer not found: " + customer.id());
                }
                store(customer);
                refuseIfSubscribed(customer);
                database.sql()
                        .sql("delete from customer_name where customer_id = :id")
                        .param("id", customer.id())
                        .update();
                names(customer)
                        .forEach((name, attributes) -> database.sql()
                                .sql(
                                        "insert into customer_name (name, customer_id, attributes) values (:name, :id, :attributes)")
                                .param("name", name)
                                .param("id", customer.id())
                                .param("attributes", attributes)
                                .update());
                return true;
            });
        } catch (DuplicateKeyException taken) {
            throw Refusal.conflict("key or subject key already belongs to another customer");
        }
    }

    /** A deleted customer has no subscription. The caller has written, and so locked, its row. */
    private void refuseIfSubscribed(Customer customer) {
        if (customer.deletedAt() == null) {
            return;
        }
        database.sql()
                .sql(OPEN_SUBSCRIPTION)
                .param("id", customer.id())
                .param("at", Micros.of(customer.deletedAt()))
                .query(String.class)
                .optional()
                .ifPresent(subscription -> {
                    throw customer.subscribed(subscription);
                });
    }

    private boolean isLive(Customer customer) {
        return database.sql()
                .sql("select exists (select from customer where id = :id and deleted_at is null)")
                .param("id", customer.id())
                .query(Boolean.class)
                .single();
    }

    private static Map<String, Boolean> names(Customer customer) {
        var names = new LinkedHashMap<String, Boolean>();
        if (!customer.isDeleted()) {
            names.put(customer.id(), false);
            customer.subjects().forEach(subject -> names.put(subject, true));
        }
        return names;
    }

    private void store(Customer customer) {
        database.sql()
                .sql(PUT)
                .param("id", customer.id())
                .param("key", customer.key())
                .param("name", customer.name())
                .param("description", customer.description())
                .param("subjectKeys", customer.subjectKeys().toArray(String[]::new))
                .param("currency", customer.currency())
                .param("primaryEmail", customer.primaryEmail())
                .param("taxId", customer.taxId())
                .param(
                        "timeZone",
                        customer.timeZone() == null ? null : customer.timeZone().getId())
                .param(
                        "billingAddress",
                        customer.billingAddress() == null ? null : DataJson.write(customer.billingAddress()))
                .param("metadata", DataJson.write(customer.metadata()))
                .param("createdAt", Micros.of(customer.createdAt()))
                .param("updatedAt", Micros.of(customer.updatedAt()))
                .param("deletedAt", Micros.ofNullable(customer.deletedAt()))
                .update();
    }
}
