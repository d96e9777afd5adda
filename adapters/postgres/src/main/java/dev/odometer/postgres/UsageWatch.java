package dev.odometer.postgres;

import dev.odometer.meter.Meter;
import dev.odometer.notification.Occasion;
import dev.odometer.notification.Rule;
import dev.odometer.notification.Thresholds;
import dev.odometer.notification.Watch;
import dev.odometer.postgres.RaisedNotifications.Noticed;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.query.Scope;
import dev.odometer.postgres.query.UsageTotals;
import dev.odometer.postgres.rollup.LiveMeter;
import dev.odometer.postgres.usage.Counted;
import dev.odometer.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** Rules on plain usage: the window that runs and the one before it, where events of the transaction fall into them. */
final class UsageWatch {

    private static final String LOCK =
            "select pg_advisory_xact_lock(" + Locks.WATCHED + ", b) from unnest(:buckets::int[]) as b";
    /** Locks that a transaction holds take room in the server's memory; so many of all transactions do no harm. */
    private static final int BUCKETS = 1024;

    private final Database database;

    UsageWatch(Database database) {
        this.database = database;
    }

    /** A rule with a window, and the subjects that the transaction counted for in it. */
    private record Turn(Rule rule, Watch.OfUsage watch, Window window, Set<String> subjects) {

        static List<Turn> of(Rule rule, Instant now) {
            var watch = (Watch.OfUsage) rule.watch();
            Window running = watch.window().containing(now, watch.zone());
            Window before = watch.window().containing(running.start().minusNanos(1), watch.zone());
            return List.of(
                    new Turn(rule, watch, before, new TreeSet<>()), new Turn(rule, watch, running, new TreeSet<>()));
        }

        void add(Counted counted) {
            if (window.contains(counted.happenedAt()) && watch.watches(counted.subject())) {
                subjects.add(counted.subject());
            }
        }
    }

    private record Question(Turn turn, String subject) {}

    List<Noticed> notice(LiveRules rules, List<Counted> counted, Instant now) {
        var questions = new ArrayList<Question>();
        var buckets = new TreeSet<Integer>();
        var totals = UsageTotals.whileWriting(database);
        Map<String, List<Turn>> turns = turns(rules, counted, now);
        for (LiveMeter meter : meters(counted)) {
            for (Turn turn : turns.getOrDefault(meter.gauge().meter().id(), List.of())) {
                for (String subject : turn.subjects()) {
                    buckets.add(Math.floorMod(Objects.hash(turn.watch().meterId(), subject), BUCKETS));
                    questions.add(new Question(turn, subject));
                    totals.ask(totals.add(scope(meter, subject)), turn.window());
                }
            }
        }
        if (questions.isEmpty()) {
            return List.of();
        }
        lock(buckets);
        return crossed(questions, totals.answers());
    }

    private static Scope scope(LiveMeter meter, String subject) {
        Meter rule = meter.gauge().meter();
        return new Scope(
                rule.id(), meter.rollup(), rule.aggregation(), meter.backfill() != null, Set.of(subject), Map.of());
    }

    private static Map<String, List<Turn>> turns(LiveRules rules, List<Counted> counted, Instant now) {
        var turns = new HashMap<String, List<Turn>>();
        for (Counted one : counted) {
            String meter = one.meter().gauge().meter().id();
            List<Rule> watching = rules.usage().get(meter);
            if (watching != null) {
                turns.computeIfAbsent(
                                meter,
                                id -> watching.stream()
                                        .flatMap(rule -> Turn.of(rule, now).stream())
                                        .toList())
                        .forEach(turn -> turn.add(one));
            }
        }
        return turns;
    }

    private static Collection<LiveMeter> meters(List<Counted> counted) {
        var meters = new HashMap<String, LiveMeter>();
        counted.forEach(one -> meters.put(one.meter().gauge().meter().id(), one.meter()));
        return meters.values();
    }

    /** In the order of the buckets, so that nobody waits for one who waits. */
    private void lock(Set<Integer> buckets) {
        database.sql()
                .sql(LOCK)
                .param("buckets", buckets.toArray(Integer[]::new))
                .query(row -> {});
    }

    private static List<Noticed> crossed(List<Question> questions, List<BigDecimal> values) {
        var noticed = new ArrayList<Noticed>();
        for (int i = 0; i < values.size(); i++) {
            Turn turn = questions.get(i).turn();
            String subject = questions.get(i).subject();
            BigDecimal value = values.get(i);
            Thresholds.crossed(turn.watch().thresholds(), value)
                    .forEach(threshold -> noticed.add(new Noticed(
                            turn.rule(),
                            new Occasion.OfUsage(turn.watch(), subject, turn.window(), value, threshold))));
        }
        return noticed;
    }
}
