package dev.odometer.postgres.entitlement;

import dev.odometer.metering.entitlement.BalanceHistory;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.entitlement.Entitlements;
import dev.odometer.metering.entitlement.Grant;
import dev.odometer.metering.entitlement.HistoryLedger;
import dev.odometer.metering.entitlement.HistoryRange;
import dev.odometer.metering.entitlement.Ledger;
import dev.odometer.metering.entitlement.Reset;
import dev.odometer.metering.entitlement.Terms;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.usage.Window;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.ShortRead.Opening;
import dev.odometer.postgres.jdbc.Texts;
import dev.odometer.postgres.query.Scope;
import dev.odometer.postgres.query.UsageTotals;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Computes the statuses of entitlements, and histories of balances. One statement reads the entitlements with their
 * grants and resets, one reads the usage.
 */
public final class EntitlementStatuses {

    // Entitlements, grants and resets are read by one statement, grants and resets as rows of a union that is joined to
    // their entitlement, since a second round trip would take as long as the statement itself (ADR 14). If earlier
    // periods do not matter (looks_back is false), grants and resets near the time, or the range of times, are
    // sufficient: a grant counts in the period in which it begins, or in the first period if it begins before, and this
    // period ends no later than the longest period after that. A grant that recurs counts in later periods, too.
    private static final String SELECT = """
            select c.id as holder, c.key as holder_key, c.subject_keys, e.*, f.filters, %1$s, x.*
            from customer c %2$s
                left join feature f on f.id = e.feature_id
                left join meter m on m.id = f.meter_id
                left join lateral (
                    select g.id as g_id, g.entitlement_id as g_entitlement_id, g.amount as g_amount,
                        g.priority as g_priority, g.effective_at as g_effective_at,
                        g.expiration_unit as g_expiration_unit, g.expiration_count as g_expiration_count,
                        g.rollover_least as g_rollover_least, g.rollover_most as g_rollover_most,
                        g.recurrence_months as g_recurrence_months, g.recurrence_time as g_recurrence_time,
                        g.recurrence_anchor as g_recurrence_anchor, g.metadata as g_metadata,
                        g.annotations as g_annotations, g.created_at as g_created_at, g.voided_at as g_voided_at,
                        null::bigint as r_at, null::bigint as r_anchor, null::boolean as r_preserves
                    from entitlement_grant g
                    where g.entitlement_id = e.id and g.effective_at <= %4$s
                        and (e.looks_back or g.recurrence_months is not null
                            or greatest(g.effective_at, e.measure_from) > %3$s - e.longest)
                    union all
                    select null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                        r.happened_at, r.anchor, r.preserve_overage
                    from entitlement_reset r
                    where r.entitlement_id = e.id and (e.looks_back
                        or r.happened_at between
                            coalesce((select max(l.happened_at) from entitlement_reset l
                                where l.entitlement_id = e.id and l.happened_at <= %3$s), %3$s)
                            and coalesce((select min(n.happened_at) from entitlement_reset n
                                where n.entitlement_id = e.id and n.happened_at > %4$s), %4$s))
                ) x on e.looks_back is not null
            """;
    private static final String OF_CUSTOMER = """
            where c.id = (select n.customer_id from customer_name n join customer o on o.id = n.customer_id
                where n.name = :customer and (o.id = n.name or o.key = n.name))
            order by e.feature_key, e.id
            """;
    private static final String LIVE = " join entitlement e on e.customer_id = c.id and e.deleted_at is null";
    private static final String ACTIVE = LIVE + " and " + StoredEntitlement.isActive("e", ":time");
    private static final String AT_MOST = "left join lateral (select * from entitlement l where l.customer_id = c.id"
            + " and l.deleted_at is null and " + StoredEntitlement.isActive("l", ":time") + " limit :limit) e on true";
    private static final Opening ALL = new Opening(loaded(AT_MOST, ":time", ":time") + OF_CUSTOMER);
    private static final Opening ONE_FEATURE = new Opening(loaded(
                    "left" + ACTIVE + " and (e.id = :feature or e.feature_id = :feature or e.feature_key = :feature)",
                    ":time",
                    ":time")
            + OF_CUSTOMER);
    private static final String OF_ENTITLEMENTS = loaded(
                    LIVE + " join unnest(:ids::text[], :times::bigint[]) as w (id, time) on w.id = e.id"
                            + " and c.deleted_at is null and " + StoredEntitlement.isActive("e", "w.time"),
                    "w.time",
                    "w.time")
            + " order by e.id";
    private static final Opening RANGE =
            new Opening(loaded(LIVE + " and e.id = :id and c.deleted_at is null", ":from", ":to"));

    private final UsageTotals totals;
    private final Map<String, Loaded> loaded = new LinkedHashMap<>();
    private boolean customerExists;

    private EntitlementStatuses(UsageTotals totals) {
        this.totals = totals;
    }

    /**
     * @param join the SQL of the join with the entitlements {@code e}
     * @param from the SQL of the first time at which a balance is computed
     * @param to the SQL of the last time
     */
    private static String loaded(String join, String from, String to) {
        return SELECT.formatted(Scope.METER, join, from, to);
    }

    /** An entitlement with everything that its balance is computed from, except the usage. */
    private record Loaded(Entitlement entitlement, @Nullable Scope scope, List<Grant> grants, List<Reset> resets) {}

    /**
     * The result.
     *
     * @param result empty if the customer or the entitlement does not exist
     * @param unfolded the number of unfolded entries that were read in addition to the rollups
     */
    record Found<T>(Optional<T> result, long unfolded) {}

    /**
     * A request of the statuses of a customer.
     *
     * @param feature absent for all
     * @param maximum more entitlements are refused
     */
    record Request(String customer, @Nullable String feature, Instant time, int maximum) {}

    /**
     * Implements {@link dev.odometer.metering.entitlement.Entitlements#statuses} in one snapshot.
     *
     * @throws dev.odometer.functions.refusal.Refusal INVALID when there are more entitlements than the maximum
     */
    static Found<List<EntitlementStatus>> of(Database database, Request request) {
        String feature = request.feature;
        Map<String, Object> parameters = Map.of(
                "customer", Texts.key(request.customer),
                "feature", Texts.key(feature == null ? "" : feature),
                "time", Micros.of(request.time),
                // One more, to detect that there are too many.
                "limit", request.maximum + 1L);
        return database.readPlanned(read -> {
            var statuses = new EntitlementStatuses(UsageTotals.endOf(read, database));
            read.first(feature == null ? ALL : ONE_FEATURE, parameters, statuses::read);
            if (statuses.loaded.size() > request.maximum) {
                throw Entitlements.tooMany(request.maximum);
            }
            Optional<List<EntitlementStatus>> found =
                    statuses.customerExists ? Optional.of(statuses.at(id -> request.time)) : Optional.empty();
            return new Found<>(found, statuses.totals.unfolded());
        });
    }

    /** Implements {@link dev.odometer.metering.entitlement.Entitlements#history} in one snapshot. */
    static Found<BalanceHistory> history(Database database, String id, HistoryRange range) {
        Map<String, Object> parameters =
                Map.of("id", Texts.key(id), "from", Micros.of(range.from()), "to", Micros.of(range.to()));
        return database.readPlanned(read -> {
            var statuses = new EntitlementStatuses(UsageTotals.endOf(read, database));
            read.first(RANGE, parameters, statuses::read);
            Optional<BalanceHistory> history =
                    statuses.loaded.values().stream().findFirst().map(one -> statuses.history(one, range));
            return new Found<>(history, statuses.totals.unfolded());
        });
    }

    private BalanceHistory history(Loaded one, HistoryRange range) {
        var ledger = HistoryLedger.of(one.entitlement().metered(), one.grants(), one.resets(), range);
        Scope scope = Objects.requireNonNull(one.scope());
        if (scope.aggregation() != Aggregation.SUM && scope.aggregation() != Aggregation.COUNT) {
            return ledger.history(totals(scope, ledger.usage()));
        }
        var windows = new AdjacentWindows(ledger.usage());
        return ledger.history(windows.totals(totals(scope, windows.adjacent())));
    }

    private List<BigDecimal> totals(Scope scope, List<Window> windows) {
        int number = totals.add(scope);
        windows.forEach(window -> totals.request(number, window));
        return totals.results();
    }

    /**
     * The statuses of live metered entitlements, each at its time, in a transaction that writes. They include what the
     * transaction has written.
     */
    public static List<EntitlementStatus> ofEntitlements(Database database, Map<String, Instant> times) {
        if (times.isEmpty()) {
            return List.of();
        }
        var statuses = new EntitlementStatuses(UsageTotals.whileAppending(database));
        List<String> ids = List.copyOf(times.keySet());
        database.sql()
                .sql(OF_ENTITLEMENTS)
                .param("ids", ids.toArray(String[]::new))
                .param(
                        "times",
                        ids.stream()
                                .map(id -> Micros.of(Objects.requireNonNull(times.get(id))))
                                .toArray(Long[]::new))
                .query(statuses::read);
        return statuses.at(id -> Objects.requireNonNull(times.get(id)));
    }

    private void read(ResultSet row) throws SQLException {
        customerExists = true;
        String id = row.getString("id");
        if (id == null) {
            return;
        }
        Loaded entitlement = loaded.get(id);
        if (entitlement == null) {
            entitlement = new Loaded(StoredEntitlement.of(row), scope(row), new ArrayList<>(), new ArrayList<>());
            loaded.put(id, entitlement);
        }
        if (row.getString("g_id") != null) {
            entitlement.grants().add(StoredGrant.of(row, "g_"));
        }
        long resetAt = row.getLong("r_at");
        if (!row.wasNull()) {
            entitlement
                    .resets()
                    .add(new Reset(
                            Micros.toInstant(resetAt),
                            Micros.toInstant(row.getLong("r_anchor")),
                            row.getBoolean("r_preserves")));
        }
    }

    private static @Nullable Scope scope(ResultSet row) throws SQLException {
        if (row.getString("meter_id") == null) {
            return null;
        }
        var subjects = new LinkedHashSet<>(
                List.of((String[]) row.getArray("subject_keys").getArray()));
        String key = row.getString("holder_key");
        if (key != null) {
            subjects.add(key);
        }
        return Scope.of(row, subjects, StoredFeature.filters(row.getString("filters")));
    }

    private List<EntitlementStatus> at(Function<String, Instant> times) {
        var ledgers = new HashMap<String, Ledger>();
        for (Loaded one : loaded.values()) {
            if (one.entitlement().terms() instanceof Terms.Metered terms && one.scope() != null) {
                Instant time = times.apply(one.entitlement().id());
                var ledger = Ledger.of(terms, one.grants(), one.resets(), time);
                int scope = totals.add(one.scope());
                ledger.usage().forEach(window -> totals.request(scope, window));
                ledgers.put(one.entitlement().id(), ledger);
            }
        }
        List<BigDecimal> used = totals.results();
        var statuses = new ArrayList<EntitlementStatus>();
        int next = 0;
        for (Loaded one : loaded.values()) {
            Ledger ledger = ledgers.get(one.entitlement().id());
            if (ledger == null) {
                statuses.add(EntitlementStatus.of(one.entitlement()));
            } else {
                int end = next + ledger.usage().size();
                statuses.add(EntitlementStatus.of(one.entitlement(), ledger, ledger.balance(used.subList(next, end))));
                next = end;
            }
        }
        return statuses;
    }
}
