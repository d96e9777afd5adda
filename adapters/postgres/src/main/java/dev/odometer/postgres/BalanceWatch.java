package dev.odometer.postgres;

import dev.odometer.customer.Customer;
import dev.odometer.entitlement.Feature;
import dev.odometer.entitlement.Standing;
import dev.odometer.notification.Occasion;
import dev.odometer.notification.Rule;
import dev.odometer.notification.Threshold;
import dev.odometer.notification.Thresholds;
import dev.odometer.notification.Watch;
import dev.odometer.postgres.RaisedNotifications.Noticed;
import dev.odometer.postgres.customer.StoredCustomer;
import dev.odometer.postgres.entitlement.Standings;
import dev.odometer.postgres.entitlement.StoredFeature;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.usage.Counted;
import dev.odometer.usage.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Rules on balances: of the entitlements that usage in the transaction belongs to, the period that runs and, where
 * events fall into it, the one before.
 */
final class BalanceWatch {

    // Not for update: whoever only refers to an entitlement need not wait.
    private static final String LOCK = """
            select e.id, f.meter_id, n.name
            from unnest(:meters::text[], :subjects::text[]) as p (meter, subject)
                join customer_name n on n.name = p.subject and n.attributes
                join entitlement e on e.customer_id = n.customer_id and e.deleted_at is null and e.type = 'metered'
                join feature f on f.id = e.feature_id and f.meter_id = p.meter
            where :all or e.feature_id = any (:features)
            order by e.id
            for no key update of e
            """;

    private final Database database;
    private final RaisedNotifications raised;

    BalanceWatch(Database database, RaisedNotifications raised) {
        this.database = database;
        this.raised = raised;
    }

    /** A subject's usage of a meter. */
    private record Use(String meter, String subject) {}

    /** A rule and how what it looks at stands; without a threshold, where a period began. */
    record Found(Rule rule, Standing standing, @Nullable Threshold threshold) {}

    List<Noticed> notice(List<Rule> rules, List<Counted> counted, Instant now) {
        if (rules.isEmpty()) {
            return List.of();
        }
        Map<String, NavigableSet<Instant>> events = lock(rules, counted);
        var found = new ArrayList<Found>();
        for (Standing standing : standings(events, now)) {
            for (Rule rule : rules) {
                var watch = (Watch.OfBalances) rule.watch();
                if (watches(watch.features(), standing)) {
                    Thresholds.crossed(watch.thresholds(), Objects.requireNonNull(standing.balance()))
                            .forEach(threshold -> found.add(new Found(rule, standing, threshold)));
                }
            }
        }
        return noticed(found);
    }

    static boolean watches(Map<String, String> features, Standing standing) {
        return features.isEmpty() || features.containsKey(standing.entitlement().featureId());
    }

    /** When what was counted for each entitlement happened; their rows are this transaction's until it ends. */
    private Map<String, NavigableSet<Instant>> lock(List<Rule> rules, List<Counted> counted) {
        var uses = new HashMap<Use, NavigableSet<Instant>>();
        counted.forEach(one -> uses.computeIfAbsent(
                        new Use(one.meter().gauge().meter().id(), one.subject()), use -> new TreeSet<>())
                .add(one.happenedAt()));
        List<Use> keys = List.copyOf(uses.keySet());
        List<Map<String, String>> features = rules.stream()
                .map(rule -> ((Watch.OfBalances) rule.watch()).features())
                .toList();
        var events = new TreeMap<String, NavigableSet<Instant>>();
        database.sql()
                .sql(LOCK)
                .param("meters", keys.stream().map(Use::meter).toArray(String[]::new))
                .param("subjects", keys.stream().map(Use::subject).toArray(String[]::new))
                .param("all", features.stream().anyMatch(Map::isEmpty))
                .param(
                        "features",
                        features.stream()
                                .flatMap(some -> some.keySet().stream())
                                .toArray(String[]::new))
                .query(row -> {
                    var use = new Use(row.getString("meter_id"), row.getString("name"));
                    events.computeIfAbsent(row.getString("id"), id -> new TreeSet<>())
                            .addAll(uses.getOrDefault(use, new TreeSet<>()));
                });
        return events;
    }

    private List<Standing> standings(Map<String, NavigableSet<Instant>> events, Instant now) {
        var times = new HashMap<String, Instant>();
        events.keySet().forEach(id -> times.put(id, inMinute(now)));
        var standings = new HashMap<String, Standing>();
        at(times).forEach(standing -> standings.put(standing.entitlement().id(), standing));
        var later = new HashMap<String, Instant>();
        var before = new HashMap<String, Instant>();
        standings.forEach((id, standing) -> {
            NavigableSet<Instant> happened = Objects.requireNonNull(events.get(id));
            Window period = Objects.requireNonNull(standing.period());
            Instant last = happened.lower(period.end());
            if (last != null && last.isAfter(now)) {
                later.put(id, inMinute(last));
            }
            if (happened.lower(period.start()) != null) {
                before.put(id, period.start().minus(1, ChronoUnit.MICROS));
            }
        });
        at(later).forEach(standing -> standings.put(standing.entitlement().id(), standing));
        var all = new ArrayList<>(standings.values());
        at(before).stream()
                .filter(standing -> isIn(Objects.requireNonNull(standing.period()), events, standing))
                .forEach(all::add);
        return all;
    }

    /** Inside the minute and so for all of it: what happened at its very start counts, too. */
    private static Instant inMinute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MICROS);
    }

    private static boolean isIn(Window period, Map<String, NavigableSet<Instant>> events, Standing standing) {
        Instant last =
                Objects.requireNonNull(events.get(standing.entitlement().id())).lower(period.end());
        return last != null && !last.isBefore(period.start());
    }

    private List<Standing> at(Map<String, Instant> times) {
        return Standings.ofEntitlements(database, times).stream()
                .filter(standing -> standing.balance() != null)
                .toList();
    }

    /** Those that were not told before, with what is told besides. */
    List<Noticed> noticed(List<Found> found) {
        var digest = new Digest();
        List<Found> untold = raised.untold(
                found,
                one -> Noticed.key(digest, one.rule(), Occasion.OfEntitlement.key(one.standing(), one.threshold())));
        if (untold.isEmpty()) {
            return List.of();
        }
        Map<String, Feature> features = StoredFeature.byId(
                database,
                untold.stream()
                        .map(one -> one.standing().entitlement().featureId())
                        .toList());
        Map<String, Customer> customers = StoredCustomer.byId(
                database,
                untold.stream()
                        .map(one -> one.standing().entitlement().customerId())
                        .toList());
        return untold.stream().map(one -> noticed(one, features, customers)).toList();
    }

    private static Noticed noticed(Found one, Map<String, Feature> features, Map<String, Customer> customers) {
        return new Noticed(
                one.rule(),
                new Occasion.OfEntitlement(
                        one.standing(),
                        Objects.requireNonNull(
                                features.get(one.standing().entitlement().featureId())),
                        Objects.requireNonNull(
                                customers.get(one.standing().entitlement().customerId())),
                        one.threshold()));
    }
}
