package dev.odometer.postgres.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.BalanceHistory;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementSearch;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.GrantSearch;
import dev.odometer.metering.entitlement.HistoryRange;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import dev.odometer.postgres.rollup.Rollups;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Entitlements in PostgreSQL. A change of an entitlement, its grants or its resets locks the entitlement's row first,
 * so that checks against the existing grants and resets still hold when the change is written (ADR 11).
 */
public final class PostgresEntitlements implements Entitlements {

    private final Database database;
    private final Rollups rollups;
    private final ResetListener resets;

    public PostgresEntitlements(Database database, Rollups rollups, ResetListener resets) {
        this.database = database;
        this.rollups = rollups;
        this.resets = resets;
    }

    @Override
    public Page<Entitlement> list(EntitlementSearch search) {
        var conditions = new Conditions();
        if (!search.includeDeleted()) {
            conditions.add("deleted_at is null");
        }
        if (search.activeAt() != null) {
            String time = conditions.parameter(Micros.of(search.activeAt()));
            conditions.add("(deleted_at is not null or " + StoredEntitlement.isActive("entitlement", time) + ")");
        }
        conditions.any(search.customers(), "customer_id");
        conditions.any(search.features(), "feature_id", "feature_key");
        conditions.any(search.types(), "type");
        String column = search.order().name().toLowerCase(Locale.ROOT);
        String order = column + (search.descending() ? " desc, id desc" : ", id");
        return new Rows<>("*", "entitlement", order, StoredEntitlement::of).page(database, conditions, search.page());
    }

    @Override
    public Optional<Entitlement> find(String id) {
        return database.read(() -> database.sql()
                .sql("select * from entitlement where id = :id")
                .param("id", Texts.key(id))
                .query((row, n) -> StoredEntitlement.of(row))
                .optional());
    }

    @Override
    public Optional<Entitlement> find(String customerId, String idOrFeature, Instant at) {
        return database.read(() -> database.sql()
                .sql("select * from entitlement e where customer_id = :customer and "
                        + StoredEntitlement.isActive("e", ":at")
                        + " and (id = :key or feature_id = :key or feature_key = :key)")
                .param("customer", Texts.key(customerId))
                .param("at", Micros.of(at))
                .param("key", Texts.key(idOrFeature))
                .query((row, n) -> StoredEntitlement.of(row))
                .optional());
    }

    @Override
    public List<Entitlement> ofSubscription(String subscriptionId) {
        return database.read(() -> ManagedEntitlements.of(database, subscriptionId));
    }

    @Override
    public void add(Entitlement entitlement, List<Grant> grants) {
        // Retries if another entitlement exists, which blocks the insert, but is deleted before its id can be read for
        // the refusal.
        while (!database.write(() -> isAdded(entitlement, grants))) {
            Thread.onSpinWait();
        }
    }

    @Override
    public void replace(String id, Entitlement successor, List<Grant> grants) {
        database.write(() -> {
            locked(id).checkSuccessor(successor);
            setDeleted(id, successor.createdAt());
            // Until the commit, the deleted row blocks other inserts for this customer and feature.
            return isAdded(successor, grants);
        });
    }

    private boolean isAdded(Entitlement entitlement, List<Grant> grants) {
        boolean isAdded = isAdded(entitlement);
        if (isAdded && !grants.isEmpty()) {
            entitlement.metered().check(grants);
            insert(grants);
        }
        return isAdded;
    }

    /** Inserts grants of one entitlement, whose row is locked or new. */
    private int insert(List<Grant> grants) {
        if (grants.stream().anyMatch(Grant::rollsOver)) {
            setLooksBack(grants.get(0).entitlementId());
        }
        return StoredGrant.insert(database, grants);
    }

    private boolean isAdded(Entitlement entitlement) {
        if (!isLocked("customer where id = :id and deleted_at is null", entitlement.customerId())) {
            throw Refusal.notFound("customer not found: " + Refusal.quote(entitlement.customerId()));
        }
        if (!isLocked("feature where id = :id and archived_at is null", entitlement.featureId())) {
            throw Refusal.notFound("feature not found: " + Refusal.quote(entitlement.featureKey()));
        }
        if (entitlement.terms() instanceof Terms.Metered
                && !isLocked("feature where id = :id and meter_id is not null", entitlement.featureId())) {
            throw Feature.unmeasured(entitlement.featureKey());
        }
        ManagedEntitlements.refuseConflict(database, entitlement);
        int added = database.sql()
                .sql(StoredEntitlement.INSERT)
                .params(StoredEntitlement.columns(entitlement))
                .update();
        if (added == 0) {
            // Another transaction added one since.
            ManagedEntitlements.refuseConflict(database, entitlement);
        }
        return added == 1;
    }

    /** Whether the row exists. It is locked against changes until the transaction ends. */
    private boolean isLocked(String row, String id) {
        return database.sql()
                .sql("select 1 from " + row + " for share")
                .param("id", Texts.key(id))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void delete(String id, Instant at) {
        database.write(() -> {
            locked(id).checkUnmanaged();
            return setDeleted(id, at);
        });
    }

    private int setDeleted(String id, Instant at) {
        return database.sql()
                .sql("update entitlement set deleted_at = :at, updated_at = :at where id = :id")
                .param("id", id)
                .param("at", Micros.of(at))
                .update();
    }

    /** The live entitlement; its row is locked for this transaction. */
    private Entitlement locked(String id) {
        return database.sql()
                .sql("select * from entitlement where id = :id and deleted_at is null for update")
                .param("id", Texts.key(id))
                .query((row, n) -> StoredEntitlement.of(row))
                .optional()
                .orElseThrow(() -> Refusal.notFound("entitlement not found: " + Refusal.quote(id)));
    }

    @Override
    public void grant(Grant grant) {
        database.write(() -> {
            Terms.Metered terms = locked(grant.entitlementId()).metered();
            terms.check(grant, StoredGrant.others(database, grant, terms));
            return insert(List.of(grant));
        });
    }

    /** Marks the entitlement as one whose earlier periods matter, so that reads load all of its grants and resets. */
    private void setLooksBack(String id) {
        database.sql()
                .sql("update entitlement set looks_back = true where id = :id and not looks_back")
                .param("id", id)
                .update();
    }

    @Override
    public Page<Grant> grants(GrantSearch search) {
        return StoredGrant.list(database, search);
    }

    @Override
    public Optional<Grant> findGrant(String id) {
        return database.read(() -> StoredGrant.find(database, id));
    }

    @Override
    public void voidGrant(String grantId, Instant at) {
        database.write(() -> {
            if (!isLockedByGrant(grantId)) {
                if (find(grantId).flatMap(Grant::ofAllowance).isPresent()) {
                    throw Grant.notVoidable(grantId);
                }
                throw Refusal.notFound("grant not found: " + Refusal.quote(grantId));
            }
            int voided = database.sql()
                    .sql("update entitlement_grant set voided_at = :at where id = :id and voided_at is null")
                    .param("id", grantId)
                    .param("at", Micros.of(at))
                    .update();
            if (voided == 0) {
                throw Refusal.invalid("grant is already voided: " + grantId);
            }
            return voided;
        });
    }

    private boolean isLockedByGrant(String grantId) {
        return database.sql()
                .sql("""
                        select 1 from entitlement e join entitlement_grant g on g.entitlement_id = e.id
                        where g.id = :id for update of e
                        """)
                .param("id", Texts.key(grantId))
                .query(Integer.class)
                .optional()
                .isPresent();
    }

    @Override
    public void reset(String entitlementId, Reset reset) {
        int raised = database.write(() -> {
            Terms.Metered terms = locked(entitlementId).metered();
            terms.check(reset, last(List.of(entitlementId)).get(entitlementId));
            if (reset.preserveOverage()) {
                setLooksBack(entitlementId);
            }
            database.sql()
                    .sql(StoredReset.PUT)
                    .params(StoredReset.columns(entitlementId, reset))
                    .update();
            return resets.reset(entitlementId, reset.at());
        });
        resets.committed(raised);
    }

    @Override
    public Map<String, Reset> lastResets(Collection<String> entitlementIds) {
        return database.read(() -> last(entitlementIds));
    }

    private Map<String, Reset> last(Collection<String> entitlementIds) {
        var last = new HashMap<String, Reset>();
        database.sql()
                .sql(StoredReset.LAST)
                .param("ids", Texts.keys(entitlementIds))
                .query(row -> {
                    last.put(row.getString("entitlement_id"), StoredReset.of(row));
                });
        return last;
    }

    @Override
    public Optional<List<EntitlementStatus>> statuses(String customer, @Nullable String feature, Instant time) {
        return result(EntitlementStatuses.of(
                database, new EntitlementStatuses.Request(customer, feature, time, Integer.MAX_VALUE)));
    }

    @Override
    public Optional<List<EntitlementStatus>> statuses(String customer, Instant time, int maximum) {
        return result(EntitlementStatuses.of(database, new EntitlementStatuses.Request(customer, null, time, maximum)));
    }

    @Override
    public Optional<BalanceHistory> history(String entitlementId, HistoryRange range) {
        return result(EntitlementStatuses.history(database, entitlementId, range));
    }

    private <T> Optional<T> result(EntitlementStatuses.Found<T> found) {
        rollups.afterTotals(found.unfolded());
        return found.result();
    }
}
