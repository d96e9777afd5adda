package dev.odometer.metering.notification;

import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules on plain usage: the window that runs and the one before it, where events of the transaction fall into them.
 *
 * @param rules by the id of the meter
 */
record UsageRules(Map<String, List<Rule>> rules, Instant now) {

    /** A rule with a window, and the subjects that the transaction counted for in it. */
    private record Turn(Rule rule, RuleCondition.OfUsage condition, Window window, Set<String> subjects) {

        void add(CountedUsage counted) {
            if (window.contains(counted.happenedAt()) && condition.watches(counted.subject())) {
                subjects.add(counted.subject());
            }
        }
    }

    private record Asked(Turn turn, String subject) {

        RuleFacts.Question question() {
            return new RuleFacts.Question(turn.condition().meterId(), subject, turn.window());
        }
    }

    List<Alert.OfUsage> evaluate(List<CountedUsage> counted, RuleFacts facts) {
        var asked = new ArrayList<Asked>();
        turns(counted).forEach(turn -> turn.subjects().forEach(subject -> asked.add(new Asked(turn, subject))));
        if (asked.isEmpty()) {
            return List.of();
        }
        List<BigDecimal> values =
                facts.usage(asked.stream().map(Asked::question).toList());
        var alerts = new ArrayList<Alert.OfUsage>();
        for (int i = 0; i < values.size(); i++) {
            Turn turn = asked.get(i).turn();
            String subject = asked.get(i).subject();
            BigDecimal value = values.get(i);
            Thresholds.crossed(turn.condition().thresholds(), value)
                    .forEach(threshold -> alerts.add(new Alert.OfUsage(
                            turn.rule(), turn.condition(), subject, turn.window(), value, threshold)));
        }
        return alerts;
    }

    private List<Turn> turns(List<CountedUsage> counted) {
        var turns = new HashMap<String, List<Turn>>();
        for (CountedUsage one : counted) {
            List<Rule> watching = rules.get(one.meterId());
            if (watching != null) {
                turns.computeIfAbsent(
                                one.meterId(),
                                id -> watching.stream()
                                        .flatMap(rule -> turns(rule).stream())
                                        .toList())
                        .forEach(turn -> turn.add(one));
            }
        }
        return turns.values().stream().flatMap(List::stream).toList();
    }

    private List<Turn> turns(Rule rule) {
        var condition = (RuleCondition.OfUsage) rule.watch();
        Window running = condition.window().containing(now, condition.zone());
        Window before = condition.window().containing(running.start().minusNanos(1), condition.zone());
        return List.of(
                new Turn(rule, condition, before, new TreeSet<>()),
                new Turn(rule, condition, running, new TreeSet<>()));
    }
}
