package dev.odometer.postgres.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entitlements that subscriptions give. The caller has locked the row of the customer. */
public final class ManagedEntitlements {

    private static final String COLUMNS = """
            id, customer_id, feature_id, feature_key, type, config, months, time, longest, anchor, measure_from, allowance,
                priority, soft, unlimited, preserve_overage, looks_back, metadata, created_at, updated_at, deleted_at,
                subscription_id, active_from, active_to""";
    /** Inserts entitlements, given as a JSON array of rows, or moves the time of those that exist. */
    private static final String PUT = """
            insert into entitlement (%1$s)
            select %1$s from jsonb_populate_recordset(null::entitlement, cast(:rows as jsonb))
            on conflict (id) do update set active_from = excluded.active_from, active_to = excluded.active_to,
                measure_from = excluded.measure_from, deleted_at = excluded.deleted_at, updated_at = excluded.updated_at
            where (entitlement.active_from, entitlement.active_to, entitlement.measure_from, entitlement.deleted_at)
                is distinct from
                (excluded.active_from, excluded.active_to, excluded.measure_from, excluded.deleted_at)
            """.formatted(COLUMNS);

    private static final String DELETE_OTHERS = """
            update entitlement set deleted_at = :at, updated_at = :at
            where subscription_id = :subscription and deleted_at is null and id <> all (:ids)
            """;
    private static final String LOCK_FEATURES = "select id from feature where id = any (:ids) order by id for share";
    private static final String WITHOUT_FEATURE = """
            select n.key from unnest(:ids::text[], :features::text[], :keys::text[], :metered::boolean[])
                    as n (id, feature, key, metered)
                left join feature f on f.id = n.feature and f.archived_at is null
            where (f.id is null or (n.metered and f.meter_id is null))
                and not exists (select from entitlement e where e.id = n.id)
            order by n.key limit 1
            """;
    /** Whether two entitlements are active at one time, now or later; see {@link Entitlement#conflictsWith}. */
    private static final String CONFLICT = """
            o.id <> n.id and o.deleted_at is null
                and (n.active_to is null or n.active_to > coalesce(n.active_from, n.created_at))
                and (o.active_to is null or o.active_to > coalesce(o.active_from, o.created_at))
                and (n.active_to is null or n.active_to > coalesce(o.active_from, o.created_at))
                and (o.active_to is null or o.active_to > coalesce(n.active_from, n.created_at))
            """;

    private static final String CONFLICTS = """
            select n.feature_key, o.id
            from entitlement n join entitlement o on o.customer_id = n.customer_id and o.feature_key = n.feature_key
            where n.subscription_id = any (:subscriptions) and n.deleted_at is null and %s
            order by n.feature_key, o.id limit 1
            """.formatted(CONFLICT);
    private static final String CONFLICTS_OF_NEW = """
            select o.id
            from (values (:id, null::bigint, null::bigint, :createdAt)) as n (id, active_from, active_to, created_at)
                join entitlement o on o.customer_id = :customer and o.feature_key = :feature
            where %s
            order by o.id limit 1
            """.formatted(CONFLICT);

    private ManagedEntitlements() {}

    /**
     * Stores all entitlements of a subscription. Those that it does not give any more are deleted.
     *
     * @throws Refusal NOT_FOUND when a feature does not exist, is archived, or has no meter for a metered one
     */
    public static void put(Database database, String subscriptionId, List<Entitlement> given, Instant at) {
        requireFeatures(database, given);
        database.sql()
                .sql(PUT)
                .param(
                        "rows",
                        DataJson.write(
                                given.stream().map(ManagedEntitlements::row).toList()))
                .update();
        database.sql()
                .sql(DELETE_OTHERS)
                .param("at", Micros.of(at))
                .param("subscription", subscriptionId)
                .param("ids", given.stream().map(Entitlement::id).toArray(String[]::new))
                .update();
    }

    static List<Entitlement> of(Database database, String subscriptionId) {
        return database.sql()
                .sql("select * from entitlement where subscription_id = :id")
                .param("id", Texts.key(subscriptionId))
                .query((row, n) -> StoredEntitlement.of(row))
                .list();
    }

    private static void requireFeatures(Database database, List<Entitlement> given) {
        String[] features = given.stream().map(Entitlement::featureId).toArray(String[]::new);
        database.sql().sql(LOCK_FEATURES).param("ids", features).query(row -> {});
        database.sql()
                .sql(WITHOUT_FEATURE)
                .param("ids", given.stream().map(Entitlement::id).toArray(String[]::new))
                .param("features", features)
                .param("keys", given.stream().map(Entitlement::featureKey).toArray(String[]::new))
                .param(
                        "metered",
                        given.stream()
                                .map(one -> one.terms() instanceof Terms.Metered)
                                .toArray(Boolean[]::new))
                .query(String.class)
                .optional()
                .ifPresent(key -> {
                    throw Refusal.notFound("feature not found: " + key);
                });
    }

    private static Map<String, @Nullable Object> row(Entitlement entitlement) {
        Entitlement.Managed managed = Objects.requireNonNull(entitlement.managed());
        Map<String, @Nullable Object> values = StoredEntitlement.columns(entitlement);
        var row = new HashMap<String, @Nullable Object>();
        values.forEach((name, value) -> row.put(snakeCase(name), value));
        row.put("looks_back", values.get("preserveOverage"));
        row.put("subscription_id", managed.subscriptionId());
        row.put("active_from", Micros.of(managed.activeFrom()));
        row.put("active_to", Micros.ofNullable(managed.activeTo()));
        return row;
    }

    private static String snakeCase(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(java.util.Locale.ROOT);
    }

    /** @throws Refusal CONFLICT when the customer has another entitlement to one of the features at the same time */
    public static void refuseConflicts(Database database, List<String> subscriptionIds) {
        database.sql()
                .sql(CONFLICTS)
                .param("subscriptions", subscriptionIds.toArray(String[]::new))
                .query((row, n) -> Entitlement.exists(row.getString("feature_key"), row.getString("id")))
                .optional()
                .ifPresent(refusal -> {
                    throw refusal;
                });
    }

    /**
     * @throws Refusal CONFLICT when the customer has an entitlement to the feature, or a subscription will give it one
     */
    static void refuseConflict(Database database, Entitlement unmanaged) {
        database.sql()
                .sql(CONFLICTS_OF_NEW)
                .param("id", unmanaged.id())
                .param("createdAt", Micros.of(unmanaged.createdAt()))
                .param("customer", unmanaged.customerId())
                .param("feature", unmanaged.featureKey())
                .query(String.class)
                .optional()
                .ifPresent(other -> {
                    throw Entitlement.exists(unmanaged.featureKey(), other);
                });
    }
}
