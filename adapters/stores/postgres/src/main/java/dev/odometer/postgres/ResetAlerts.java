package dev.odometer.postgres;

import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.notification.RuleEvaluation;
import dev.odometer.metering.notification.RuleFacts;
import dev.odometer.postgres.entitlement.EntitlementStatuses;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Raises the alerts of usage periods that begin, by a reset or by themselves. The latter are looked for from time to time.
 * The end of each running period is stored, so that looking reads only the periods that ended.
 */
final class ResetAlerts {

    /** How many are looked at in a transaction. */
    private static final int MOST = 500;
    /** What a call does at most; the rest is for the next one. */
    private static final int MAX_STEPS = 200;

    private static final String NEW = """
            select e.id, e.created_at
            from entitlement e join customer c on c.id = e.customer_id and c.deleted_at is null
            where e.type = 'metered' and e.deleted_at is null
                and not exists (select from notification_period p where p.entitlement_id = e.id)
            order by e.id limit :most
            """;
    private static final String ENDED = """
            select entitlement_id from notification_period where ends_at <= :now order by ends_at, entitlement_id limit :most
            """;
    private static final String KEEP = """
            insert into notification_period (entitlement_id, ends_at)
            select * from unnest(:ids::text[], :ends::bigint[])
            on conflict (entitlement_id) do update set ends_at = excluded.ends_at
            """;

    private final Database database;
    private final RaisedNotifications raised;
    private final RuleFacts facts;

    ResetAlerts(Database database, RaisedNotifications raised) {
        this.database = database;
        this.raised = raised;
        this.facts = new PostgresRuleFacts(database, Map.of());
    }

    /** In the caller's transaction. */
    int reset(String entitlement, Instant at, Instant now) {
        RuleEvaluation rules = LiveRules.read(database);
        if (!rules.isAboutResets()) {
            return 0;
        }
        // The reset moved the periods that follow it.
        forget(List.of(entitlement));
        List<EntitlementStatus> statuses = EntitlementStatuses.ofEntitlements(database, Map.of(entitlement, at));
        return raised.raise(rules.afterReset(statuses, facts), now);
    }

    /** How many were raised; one call at a time looks, others return at once. */
    int notice(Instant now) {
        int sum = 0;
        boolean more = true;
        for (int i = 0; more && i < MAX_STEPS; i++) {
            Step step = step(now);
            sum += step.raised();
            more = step.more();
        }
        return sum;
    }

    private record Step(int raised, boolean more) {}

    private Step step(Instant now) {
        return database.write(() -> {
            RuleEvaluation rules = LiveRules.read(database);
            if (!rules.isAboutResets() || !Locks.tryExclusive(database, Locks.PERIODS)) {
                if (!rules.isAboutResets()) {
                    // A rule that comes later is not told of what began before it.
                    database.sql().sql("delete from notification_period").update();
                }
                return new Step(0, false);
            }
            boolean more = keepNew(rules);
            List<String> ended = database.sql()
                    .sql(ENDED)
                    .param("now", Micros.of(now))
                    .param("most", MOST)
                    .query(String.class)
                    .list();
            return new Step(begun(rules, ended, now), more || ended.size() == MOST);
        });
    }

    /** Entitlements that were never looked at, with the period that ran when there was a rule for it. */
    private boolean keepNew(RuleEvaluation rules) {
        var times = new HashMap<String, Instant>();
        database.sql().sql(NEW).param("most", MOST).query((ResultSet row) -> {
            times.put(row.getString("id"), rules.periodsFrom(Micros.toInstant(row.getLong("created_at"))));
        });
        keep(EntitlementStatuses.ofEntitlements(database, times));
        return times.size() == MOST;
    }

    private int begun(RuleEvaluation rules, List<String> ended, Instant now) {
        var times = new HashMap<String, Instant>();
        ended.forEach(id -> times.put(id, now));
        List<EntitlementStatus> statuses = EntitlementStatuses.ofEntitlements(database, times);
        statuses.forEach(status -> times.remove(status.entitlement().id()));
        forget(List.copyOf(times.keySet()));
        keep(statuses);
        return raised.raise(rules.afterPeriodStart(statuses, facts), now);
    }

    private void keep(List<EntitlementStatus> statuses) {
        List<EntitlementStatus> metered =
                statuses.stream().filter(status -> status.period() != null).toList();
        database.sql()
                .sql(KEEP)
                .param(
                        "ids",
                        metered.stream()
                                .map(status -> status.entitlement().id())
                                .toArray(String[]::new))
                .param(
                        "ends",
                        metered.stream()
                                .map(status -> Micros.of(
                                        Objects.requireNonNull(status.period()).end()))
                                .toArray(Long[]::new))
                .update();
    }

    private void forget(List<String> entitlements) {
        database.sql()
                .sql("delete from notification_period where entitlement_id = any (:ids)")
                .param("ids", Database.texts(entitlements))
                .update();
    }
}
