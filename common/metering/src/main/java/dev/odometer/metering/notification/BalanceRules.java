package dev.odometer.metering.notification;

import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.notification.RuleEvaluation.Finding;
import dev.odometer.metering.notification.RuleFacts.Use;
import dev.odometer.metering.usage.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Rules on balances: of the entitlements that counted usage belongs to, the period that runs and, where events fall into
 * it, the one before.
 */
record BalanceRules(List<Rule> rules, Instant now) {

    List<Finding> evaluate(List<CountedUsage> counted, RuleFacts facts) {
        if (rules.isEmpty()) {
            return List.of();
        }
        var findings = new ArrayList<Finding>();
        for (EntitlementStatus status : balances(events(counted, facts), facts)) {
            Balance balance = Objects.requireNonNull(status.balance());
            for (Rule rule : rules) {
                var condition = (RuleCondition.OfBalances) rule.watch();
                if (condition.covers(status.entitlement())) {
                    Thresholds.crossed(condition.thresholds(), balance)
                            .forEach(threshold -> findings.add(new Finding(rule, status, threshold)));
                }
            }
        }
        return findings;
    }

    /** When what was counted for each entitlement happened. */
    private Map<String, NavigableSet<Instant>> events(List<CountedUsage> counted, RuleFacts facts) {
        var uses = new HashMap<Use, NavigableSet<Instant>>();
        counted.forEach(one -> uses.computeIfAbsent(new Use(one.meterId(), one.subject()), use -> new TreeSet<>())
                .add(one.happenedAt()));
        var events = new TreeMap<String, NavigableSet<Instant>>();
        facts.entitlements(uses.keySet(), features()).forEach((id, used) -> {
            var times = new TreeSet<Instant>();
            used.forEach(use -> times.addAll(uses.getOrDefault(use, new TreeSet<>())));
            events.put(id, times);
        });
        return events;
    }

    /** Those that any of the rules is about; empty for all. */
    private Set<String> features() {
        var features = new HashSet<String>();
        for (Rule rule : rules) {
            Set<String> some =
                    ((RuleCondition.OfBalances) rule.watch()).features().keySet();
            if (some.isEmpty()) {
                return Set.of();
            }
            features.addAll(some);
        }
        return features;
    }

    private List<EntitlementStatus> balances(Map<String, NavigableSet<Instant>> events, RuleFacts facts) {
        var running = new HashMap<String, EntitlementStatus>();
        var times = new HashMap<String, Instant>();
        events.keySet().forEach(id -> times.put(id, insideMinute(now)));
        put(running, times, facts);
        var ahead = new HashMap<String, Instant>();
        var before = new HashMap<String, Instant>();
        running.forEach((id, status) -> {
            NavigableSet<Instant> happened = Objects.requireNonNull(events.get(id));
            Window period = Objects.requireNonNull(status.period());
            Instant last = happened.lower(period.end());
            if (last != null && last.isAfter(now)) {
                ahead.put(id, insideMinute(last));
            }
            if (happened.lower(period.start()) != null) {
                before.put(id, period.start().minus(1, ChronoUnit.MICROS));
            }
        });
        // Events ahead of the clock count in the period that runs.
        put(running, ahead, facts);
        var all = new ArrayList<>(running.values());
        of(before, facts).stream()
                .filter(status -> isIn(Objects.requireNonNull(status.period()), events, status))
                .forEach(all::add);
        return all;
    }

    private static void put(Map<String, EntitlementStatus> statuses, Map<String, Instant> times, RuleFacts facts) {
        of(times, facts).forEach(status -> statuses.put(status.entitlement().id(), status));
    }

    private static List<EntitlementStatus> of(Map<String, Instant> times, RuleFacts facts) {
        return times.isEmpty() ? List.of() : facts.balances(times);
    }

    /** Inside the minute, and so for all of it: an event at its very start counts, too. */
    private static Instant insideMinute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MICROS);
    }

    private static boolean isIn(Window period, Map<String, NavigableSet<Instant>> events, EntitlementStatus status) {
        Instant last =
                Objects.requireNonNull(events.get(status.entitlement().id())).lower(period.end());
        return last != null && !last.isBefore(period.start());
    }
}
