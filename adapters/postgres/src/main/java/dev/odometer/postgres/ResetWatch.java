package dev.odometer.postgres;

import dev.odometer.entitlement.Standing;
import dev.odometer.notification.Rule;
import dev.odometer.notification.Watch;
import dev.odometer.postgres.BalanceWatch.Found;
import dev.odometer.postgres.entitlement.Standings;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
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
final class ResetWatch {

    /** How many are looked at in a transaction. */
    private static final int MOST = 500;
    /** What a call does at most; the rest is for the next one. */
    private static final int MOST_STEPS = 200;

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
    private final BalanceWatch balances;

    ResetWatch(Database database, RaisedNotifications raised, BalanceWatch balances) {
        this.database = database;
        this.raised = raised;
        this.balances = balances;
    }

    private List<Rule> rules() {
        return LiveRules.all(database).stream()
                .filter(rule -> rule.watch() instanceof Watch.OfResets)
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
        return raise(found(rules, Standings.ofEntitlements(database, Map.of(entitlement, at))), now);
    }

    /** How many were raised; whoever comes while another looks leaves it to that one. */
    int notice(Instant now) {
        int sum = 0;
        boolean more = true;
        for (int i = 0; more && i < MOST_STEPS; i++) {
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
        keep(Standings.ofEntitlements(database, times));
        return times.size() == MOST;
    }

    private int begun(List<Rule> rules, List<String> ended, Instant now) {
        var times = new HashMap<String, Instant>();
        ended.forEach(id -> times.put(id, now));
        List<Standing> standings = Standings.ofEntitlements(database, times);
        standings.forEach(standing -> times.remove(standing.entitlement().id()));
        forget(List.copyOf(times.keySet()));
        keep(standings);
        return raise(found(rules, standings).stream().filter(ResetWatch::isSeen).toList(), now);
    }

    private void keep(List<Standing> standings) {
        List<Standing> metered =
                standings.stream().filter(standing -> standing.period() != null).toList();
        database.sql()
                .sql(KEEP)
                .param(
                        "ids",
                        metered.stream()
                                .map(standing -> standing.entitlement().id())
                                .toArray(String[]::new))
                .param(
                        "ends",
                        metered.stream()
                                .map(standing -> Micros.of(Objects.requireNonNull(standing.period())
                                        .end()))
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
    private static List<Found> found(List<Rule> rules, List<Standing> standings) {
        var found = new ArrayList<Found>();
        for (Standing standing : standings) {
            for (Rule rule : rules) {
                if (standing.period() != null
                        && BalanceWatch.watches(((Watch.OfResets) rule.watch()).features(), standing)) {
                    found.add(new Found(rule, standing, null));
                }
            }
        }
        return found;
    }

    /** Whether the period began while there was the rule. */
    private static boolean isSeen(Found found) {
        Instant began = Objects.requireNonNull(found.standing().period()).start();
        return began.isAfter(found.rule().createdAt());
    }

    private int raise(List<Found> found, Instant now) {
        return raised.raise(balances.noticed(found), now);
    }
}
