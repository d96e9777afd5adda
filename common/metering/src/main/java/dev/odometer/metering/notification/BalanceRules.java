package dev.odometer.metering.notification;

import dev.odometer.metering.entitlement.Balance;
import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.notification.RuleEvaluation.Finding;
import dev.odometer.metering.notification.RuleFacts.MeterSubject;
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
 * Evaluates rules on balances for the entitlements that the counted usage belongs to: for the current period and, if
 * events fall into it, the previous one.
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
                var condition = (RuleCondition.OfBalances) rule.condition();
                if (condition.covers(status.entitlement())) {
                    Thresholds.crossed(condition.thresholds(), balance)
                            .forEach(threshold -> findings.add(new Finding(rule, status, threshold)));
                }
            }
        }
        return findings;
    }

    /** The times of the counted events by entitlement id. */
    private Map<String, NavigableSet<Instant>> events(List<CountedUsage> counted, RuleFacts facts) {
        var uses = new HashMap<MeterSubject, NavigableSet<Instant>>();
        counted.forEach(
                one -> uses.computeIfAbsent(new MeterSubject(one.meterId(), one.subject()), use -> new TreeSet<>())
                        .add(one.happenedAt()));
        var events = new TreeMap<String, NavigableSet<Instant>>();
        facts.entitlements(uses.keySet(), features()).forEach((id, used) -> {
            var times = new TreeSet<Instant>();
            used.forEach(use -> times.addAll(uses.getOrDefault(use, new TreeSet<>())));
            events.put(id, times);
        });
        return events;
    }

    /** The ids of the features that the rules cover; empty for all. */
    private Set<String> features() {
        var features = new HashSet<String>();
        for (Rule rule : rules) {
            Set<String> covered =
                    ((RuleCondition.OfBalances) rule.condition()).features().keySet();
            if (covered.isEmpty()) {
                return Set.of();
            }
            features.addAll(covered);
        }
        return features;
    }

    private List<EntitlementStatus> balances(Map<String, NavigableSet<Instant>> events, RuleFacts facts) {
        var current = new HashMap<String, EntitlementStatus>();
        var times = new HashMap<String, Instant>();
        events.keySet().forEach(id -> times.put(id, insideMinute(now)));
        put(current, times, facts);
        var future = new HashMap<String, Instant>();
        var previous = new HashMap<String, Instant>();
        current.forEach((id, status) -> {
            NavigableSet<Instant> eventTimes = Objects.requireNonNull(events.get(id));
            Window period = Objects.requireNonNull(status.period());
            Instant last = eventTimes.lower(period.end());
            if (last != null && last.isAfter(now)) {
                future.put(id, insideMinute(last));
            }
            if (eventTimes.lower(period.start()) != null) {
                previous.put(id, period.start().minus(1, ChronoUnit.MICROS));
            }
        });
        // Events ahead of the clock count in the current period; a balance at their time includes them.
        put(current, future, facts);
        var all = new ArrayList<>(current.values());
        of(previous, facts).stream()
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

    /** A time inside the minute, which a ledger rounds up to its end: so an event at the minute's start counts. */
    private static Instant insideMinute(Instant time) {
        return time.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MICROS);
    }

    private static boolean isIn(Window period, Map<String, NavigableSet<Instant>> events, EntitlementStatus status) {
        Instant last =
                Objects.requireNonNull(events.get(status.entitlement().id())).lower(period.end());
        return last != null && !last.isBefore(period.start());
    }
}
