package dev.odometer.postgres.invoice;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.invoice.BillingProfile;
import dev.odometer.metering.invoice.BillingProfiles;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.customer.BillingDue;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Billing profiles in PostgreSQL. Changes of profiles are serialized, since one can make another one the default. They
 * lock the row of the profile before they mark its customers as due; a settlement reads the row with a lock.
 */
public final class PostgresBillingProfiles implements BillingProfiles {

    private static final String UNSET_DEFAULT = """
            update billing_profile set is_default = false, updated_at = :at where is_default and id <> :id
            """;
    private static final String REFERENCED = """
            select o.customer_id from customer_override o join customer c on c.id = o.customer_id
            where o.profile_id = :id and c.deleted_at is null order by o.customer_id limit 1
            """;
    /** Customers without an entry have nothing to bill. */
    private static final String MARK_PINNED = """
            update billing_due set due_at = :atOnce
            where customer_id in (select customer_id from customer_override where profile_id = :id)
            """;

    private static final String MARK_DEFAULT = """
            update billing_due set due_at = :atOnce
            where customer_id not in (select customer_id from customer_override where profile_id is not null)
            """;
    private static final String OVERRIDE = """
            insert into customer_override (customer_id, profile_id, tax, created_at, updated_at)
            values (:customer, :profile, :tax, :createdAt, :updatedAt)
            on conflict (customer_id) do update set profile_id = excluded.profile_id, tax = excluded.tax,
                updated_at = excluded.updated_at
            """;
    private static final String ASSIGNED = """
            customer c left join customer_override o on o.customer_id = c.id
                join billing_profile p on p.id = o.profile_id or (o.profile_id is null and p.is_default)
            """;
    private static final String ASSIGNMENT = "p.*, c.id as customer_id, " + overrideColumns();

    private final Database database;

    public PostgresBillingProfiles(Database database) {
        this.database = database;
    }

    private static String overrideColumns() {
        return "o.customer_id is not null as is_overridden, o.profile_id as o_profile_id, o.tax as o_tax,"
                + " o.created_at as o_created_at, o.updated_at as o_updated_at";
    }

    @Override
    public Page<BillingProfile> list(Search search) {
        var conditions = new Conditions();
        if (!search.includeArchived()) {
            conditions.add("deleted_at is null");
        }
        String column = search.order() == Order.DEFAULT
                ? "is_default"
                : search.order().name().toLowerCase(Locale.ROOT);
        String order = column + (search.descending() ? " desc, id desc" : ", id");
        return new Rows<>("*", "billing_profile", order, StoredProfile::of).page(database, conditions, search.page());
    }

    @Override
    public Optional<BillingProfile> find(String id) {
        return database.read(() -> first("id = :id", Map.of("id", Texts.key(id))));
    }

    private Optional<BillingProfile> first(String condition, Map<String, Object> parameters) {
        return database.sql()
                .sql("select * from billing_profile where " + condition)
                .params(parameters)
                .query((row, n) -> StoredProfile.of(row))
                .optional();
    }

    @Override
    public BillingProfile defaultProfile() {
        return database.read(() -> first("is_default", Map.of()))
                .orElseThrow(() -> new IllegalStateException("there is no default billing profile"));
    }

    @Override
    public void add(BillingProfile profile) {
        database.write(() -> {
            Locks.exclusive(database, Locks.BILLING_PROFILES);
            put(profile);
            database.sql()
                    .sql("insert into invoice_series (profile_id, next) values (:id, 1)")
                    .param("id", profile.id())
                    .update();
            if (profile.isDefault()) {
                mark(MARK_DEFAULT, profile.id());
            }
            return true;
        });
    }

    private void put(BillingProfile profile) {
        if (profile.isDefault()) {
            database.sql()
                    .sql(UNSET_DEFAULT)
                    .param("at", Micros.of(profile.updatedAt()))
                    .param("id", profile.id())
                    .update();
        }
        database.sql()
                .sql(StoredProfile.PUT)
                .params(StoredProfile.columns(profile))
                .update();
    }

    private void mark(String sql, String id) {
        database.sql()
                .sql(sql)
                .param("atOnce", BillingDue.AT_ONCE)
                .param("id", id)
                .update();
    }

    @Override
    public BillingProfile change(String id, UnaryOperator<BillingProfile> change) {
        return database.write(() -> {
            Locks.exclusive(database, Locks.BILLING_PROFILES);
            BillingProfile stored = first("id = :id and deleted_at is null for update", Map.of("id", Texts.key(id)))
                    .orElseThrow(() -> Refusal.notFound("billing profile not found: " + Refusal.quote(id)));
            BillingProfile changed = change.apply(stored);
            if (changed.isDeleted()) {
                refuseIfReferenced(id);
            }
            put(changed);
            boolean becomesDefault = changed.isDefault() && !stored.isDefault();
            boolean isOtherWorkflow = !changed.workflow().equals(stored.workflow());
            if (becomesDefault || (changed.isDefault() && isOtherWorkflow)) {
                mark(MARK_DEFAULT, id);
            }
            if (isOtherWorkflow) {
                mark(MARK_PINNED, id);
            }
            return changed;
        });
    }

    private void refuseIfReferenced(String id) {
        database.sql()
                .sql(REFERENCED)
                .param("id", id)
                .query(String.class)
                .optional()
                .ifPresent(customer -> {
                    throw BillingProfile.referenced(id, customer);
                });
    }

    @Override
    public void override(CustomerOverride override) {
        database.write(() -> {
            refuseIfDeleted(override.customerId());
            String profile = override.profileId();
            if (profile != null && !isLive(profile)) {
                throw BillingProfile.unknown(profile);
            }
            database.sql()
                    .sql(OVERRIDE)
                    .param("customer", override.customerId())
                    .param("profile", profile)
                    .param("tax", override.tax() == null ? null : StoredProfile.write(override.tax()))
                    .param("createdAt", Micros.of(override.createdAt()))
                    .param("updatedAt", Micros.of(override.updatedAt()))
                    .update();
            BillingDue.atOnce(database, List.of(override.customerId()));
            return true;
        });
    }

    /** With a lock, so that the deletion of the profile waits, and finds the override. */
    private boolean isLive(String profileId) {
        return first("id = :id and deleted_at is null for share", Map.of("id", Texts.key(profileId)))
                .isPresent();
    }

    private void refuseIfDeleted(String customerId) {
        boolean isDeleted = lockedCustomer(customerId)
                .orElseThrow(() -> Refusal.notFound("customer not found: " + Refusal.quote(customerId)));
        if (isDeleted) {
            throw Refusal.preconditionFailed("customer is deleted: " + customerId);
        }
    }

    /** Whether the customer is deleted; empty if there is none. */
    private Optional<Boolean> lockedCustomer(String id) {
        return database.sql()
                .sql("select deleted_at is not null from customer where id = :id for no key update")
                .param("id", Texts.key(id))
                .query(Boolean.class)
                .optional();
    }

    @Override
    public void deleteOverride(String customerId) {
        database.write(() -> {
            if (lockedCustomer(customerId).isEmpty()) {
                return false;
            }
            database.sql()
                    .sql("delete from customer_override where customer_id = :id")
                    .param("id", customerId)
                    .update();
            BillingDue.atOnce(database, List.of(customerId));
            return true;
        });
    }

    @Override
    public Map<String, CustomerOverride> overrides(Collection<String> customerIds) {
        return database.read(() -> overrides(database, customerIds));
    }

    static Map<String, CustomerOverride> overrides(Database database, Collection<String> customerIds) {
        var overrides = new HashMap<String, CustomerOverride>();
        database.sql()
                .sql("select o.customer_id, " + overrideColumns()
                        + " from customer_override o where o.customer_id = any (:ids)")
                .param("ids", Texts.keys(customerIds))
                .query(row -> {
                    CustomerOverride override = override(row);
                    if (override != null) {
                        overrides.put(override.customerId(), override);
                    }
                });
        return overrides;
    }

    private static @Nullable CustomerOverride override(ResultSet row) throws SQLException {
        String tax = row.getString("o_tax");
        return row.getBoolean("is_overridden")
                ? new CustomerOverride(
                        row.getString("customer_id"),
                        row.getString("o_profile_id"),
                        tax == null ? null : StoredProfile.tax(tax),
                        Micros.toInstant(row.getLong("o_created_at")),
                        Micros.toInstant(row.getLong("o_updated_at")))
                : null;
    }

    @Override
    public Page<Assignment> assignments(AssignmentSearch search) {
        var conditions = new Conditions();
        conditions.add("c.deleted_at is null");
        conditions.any(List.copyOf(search.customerIds()), "c.id");
        conditions.any(List.copyOf(search.profileIds()), "p.id");
        if (search.withoutPinnedProfile()) {
            conditions.add("o.profile_id is null");
        }
        if (!search.all()) {
            conditions.add("o.customer_id is not null");
        }
        conditions.text("c.name", containing(search.customerName()));
        conditions.text("coalesce(c.key, '')", containing(search.customerKey()));
        conditions.text("coalesce(c.primary_email, '')", containing(search.customerPrimaryEmail()));
        String order = "c.id" + (search.descending() ? " desc" : "");
        return new Rows<>(ASSIGNMENT, ASSIGNED, order, PostgresBillingProfiles::assignment)
                .page(database, conditions, search.page());
    }

    private static @Nullable TextFilter containing(@Nullable String text) {
        return text == null ? null : TextFilter.containingIgnoringCase(text);
    }

    private static Assignment assignment(ResultSet row) throws SQLException {
        return new Assignment(row.getString("customer_id"), override(row), StoredProfile.of(row));
    }
}
