package dev.odometer.postgres;

import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.postgres.BalanceRules.Found;
import java.sql.ResultSet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Rules on resets: those by hand, and periods that begin of themselves, for which somebody has to look from time to time.
 * So that looking costs what there is to tell, and not what there is, the end of each period that runs is kept.
 */
final class ResetRules {

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
    private final BalanceRules balances;

    ResetRules(Database database, RaisedNotifications raised, BalanceRules balances) {
        this.database = database;
        this.raised = raised;
        this.balances = balances;
    }

    private List<Rule> rules() {
        return LiveRules.all(database).stream()
                .filter(rule -> rule.watch() instanceof RuleCondition.OfResets)
                .toList();
    }

    /** In the caller's transaction. */
    int reset(String entitlement, Instant at, Instant now) {
        List<Rule> rules = rules();
        if (rules.isEmpty()) {
            return 0;
        }
        // Its periods are others from now on.
        forget(List.of(entitlement));
        return raise(found(rules, EntitlementStatuses.ofEntitlements(database, Map.of(entitlement, at))), now);
    }

    /** How many were raised; whoever comes while another looks leaves it to that one. */
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
            List<Rule> rules = rules();
            if (rules.isEmpty() || !Locks.tryExclusive(database, Locks.PERIODS)) {
                if (rules.isEmpty()) {
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

    /** Those never looked at, by the period that ran when there was somebody to be told. */
    private boolean keepNew(List<Rule> rules) {
        Instant since =
                rules.stream().map(Rule::createdAt).min(Instant::compareTo).orElseThrow();
        var times = new HashMap<String, Instant>();
        database.sql().sql(NEW).param("most", MOST).query((ResultSet row) -> {
            Instant created = Micros.toInstant(row.getLong("created_at"));
            times.put(row.getString("id"), created.isAfter(since) ? created : since);
        });
        keep(EntitlementStatuses.ofEntitlements(database, times));
        return times.size() == MOST;
    }

    private int begun(List<Rule> rules, List<String> ended, Instant now) {
        var times = new HashMap<String, Instant>();
        ended.forEach(id -> times.put(id, now));
        List<EntitlementStatus> statuses = EntitlementStatuses.ofEntitlements(database, times);
        statuses.forEach(status -> times.remove(status.entitlement().id()));
        forget(List.copyOf(times.keySet()));
        keep(statuses);
        return raise(found(rules, statuses).stream().filter(ResetRules::isSeen).toList(), now);
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

    /** What the rules look at that began a period. */
    private static List<Found> found(List<Rule> rules, List<EntitlementStatus> statuses) {
        var found = new ArrayList<Found>();
        for (EntitlementStatus status : statuses) {
            for (Rule rule : rules) {
                if (status.period() != null
                        && BalanceRules.watches(((RuleCondition.OfResets) rule.watch()).features(), status)) {
                    found.add(new Found(rule, status, null));
                }
            }
        }
        return found;
    }

    /** Whether the period began while there was the rule. */
    private static boolean isSeen(Found found) {
        Instant began = Objects.requireNonNull(found.status().period()).start();
        return began.isAfter(found.rule().createdAt());
    }

    private int raise(List<Found> found, Instant now) {
        return raised.raise(balances.noticed(found), now);
    }
}
