package dev.odometer.postgres.notification;

import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.notification.RuleEvaluation;
import dev.odometer.metering.notification.RuleFacts;
import dev.odometer.postgres.entitlement.EntitlementStatuses;
import dev.odometer.postgres.entitlement.StoredEntitlement;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Raises the alerts of usage periods that start, by a reset or on schedule. The latter are searched for periodically.
 * The end of each current period is stored, so that the search reads only the periods that have ended.
 */
final class ResetAlerts {

    /** The number of entitlements per transaction. */
    private static final int MAX_ENTITLEMENTS = 500;
    /** The maximum number of transactions per call. The next call does the rest. */
    private static final int MAX_STEPS = 200;

    private static final String NEW = """
            select e.id, coalesce(e.active_from, e.created_at) as started_at
            from entitlement e join customer c on c.id = e.customer_id and c.deleted_at is null
            where e.type = 'metered' and %s
                and not exists (select from notification_period p where p.entitlement_id = e.id)
            order by e.id limit :most
            """.formatted(StoredEntitlement.isActive("e", ":now"));
    private static final String ENDED = """
            select entitlement_id from notification_period where ends_at <= :now order by ends_at, entitlement_id limit :most
            """;
    private static final String PUT_PERIODS = """
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

    /** Raises the alerts of a reset by request, in the caller's transaction. */
    int reset(String entitlement, Instant at, Instant now) {
        RuleEvaluation rules = LiveRules.read(database);
        if (!rules.isAboutResets()) {
            return 0;
        }
        // The reset has moved the following periods.
        deletePeriods(List.of(entitlement));
        List<EntitlementStatus> statuses = EntitlementStatuses.ofEntitlements(database, Map.of(entitlement, at));
        return raised.raise(rules.afterReset(statuses, facts), now);
    }

    /**
     * Raises the alerts of periods that have started, and returns their number. One call runs at a time; concurrent
     * calls return at once.
     */
    int raiseStartedPeriods(Instant now) {
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
            // The lock admits one call at a time; a concurrent one would read the same periods.
            if (!rules.isAboutResets() || !Locks.tryExclusive(database, Locks.PERIODS)) {
                if (!rules.isAboutResets()) {
                    // Later rules raise no alerts of periods that started before them.
                    database.sql().sql("delete from notification_period").update();
                }
                return new Step(0, false);
            }
            boolean more = addNewPeriods(rules, now);
            List<String> ended = database.sql()
                    .sql(ENDED)
                    .param("now", Micros.of(now))
                    .param("most", MAX_ENTITLEMENTS)
                    .query(String.class)
                    .list();
            return new Step(raiseStarted(rules, ended, now), more || ended.size() == MAX_ENTITLEMENTS);
        });
    }

    /** Stores the period of entitlements that have none stored yet: the one at the time from which the rules apply. */
    private boolean addNewPeriods(RuleEvaluation rules, Instant now) {
        var times = new HashMap<String, Instant>();
        database.sql()
                .sql(NEW)
                .param("now", Micros.of(now))
                .param("most", MAX_ENTITLEMENTS)
                .query((ResultSet row) -> {
                    times.put(row.getString("id"), rules.periodsFrom(Micros.toInstant(row.getLong("started_at"))));
                });
        putPeriods(EntitlementStatuses.ofEntitlements(database, times));
        return times.size() == MAX_ENTITLEMENTS;
    }

    private int raiseStarted(RuleEvaluation rules, List<String> ended, Instant now) {
        var times = new HashMap<String, Instant>();
        ended.forEach(id -> times.put(id, now));
        List<EntitlementStatus> statuses = EntitlementStatuses.ofEntitlements(database, times);
        statuses.forEach(status -> times.remove(status.entitlement().id()));
        deletePeriods(List.copyOf(times.keySet()));
        putPeriods(statuses);
        return raised.raise(rules.afterPeriodStart(statuses, facts), now);
    }

    private void putPeriods(List<EntitlementStatus> statuses) {
        List<EntitlementStatus> metered =
                statuses.stream().filter(status -> status.period() != null).toList();
        database.sql()
                .sql(PUT_PERIODS)
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

    private void deletePeriods(List<String> entitlements) {
        database.sql()
                .sql("delete from notification_period where entitlement_id = any (:ids)")
                .param("ids", Texts.keys(entitlements))
                .update();
    }
}
