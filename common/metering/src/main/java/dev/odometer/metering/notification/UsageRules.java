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
 * Evaluates rules on the usage of meters, for the current and the previous window if events of the transaction fall
 * into them.
 *
 * @param rules the rules by meter id
 */
record UsageRules(Map<String, List<Rule>> rules, Instant now) {

    /** A rule and one of its windows, with the subjects whose usage the transaction counted in it. */
    private record RuleWindow(Rule rule, RuleCondition.OfUsage condition, Window window, Set<String> subjects) {

        void add(CountedUsage counted) {
            if (window.contains(counted.happenedAt()) && condition.covers(counted.subject())) {
                subjects.add(counted.subject());
            }
        }
    }

    private record Candidate(RuleWindow ruleWindow, String subject) {

        RuleFacts.UsageRequest question() {
            return new RuleFacts.UsageRequest(ruleWindow.condition().meterId(), subject, ruleWindow.window());
        }
    }

    List<Alert.OfUsage> evaluate(List<CountedUsage> counted, RuleFacts facts) {
        var candidates = new ArrayList<Candidate>();
        ruleWindows(counted)
                .forEach(ruleWindow ->
                        ruleWindow.subjects().forEach(subject -> candidates.add(new Candidate(ruleWindow, subject))));
        if (candidates.isEmpty()) {
            return List.of();
        }
        List<BigDecimal> values =
                facts.usage(candidates.stream().map(Candidate::question).toList());
        var alerts = new ArrayList<Alert.OfUsage>();
        for (int i = 0; i < values.size(); i++) {
            RuleWindow ruleWindow = candidates.get(i).ruleWindow();
            String subject = candidates.get(i).subject();
            BigDecimal value = values.get(i);
            Thresholds.crossed(ruleWindow.condition().thresholds(), value)
                    .forEach(threshold -> alerts.add(new Alert.OfUsage(
                            ruleWindow.rule(),
                            ruleWindow.condition(),
                            subject,
                            ruleWindow.window(),
                            value,
                            threshold)));
        }
        return alerts;
    }

    private List<RuleWindow> ruleWindows(List<CountedUsage> counted) {
        var ruleWindows = new HashMap<String, List<RuleWindow>>();
        for (CountedUsage one : counted) {
            List<Rule> meterRules = rules.get(one.meterId());
            if (meterRules != null) {
                ruleWindows
                        .computeIfAbsent(
                                one.meterId(),
                                id -> meterRules.stream()
                                        .flatMap(rule -> ruleWindows(rule).stream())
                                        .toList())
                        .forEach(ruleWindow -> ruleWindow.add(one));
            }
        }
        return ruleWindows.values().stream().flatMap(List::stream).toList();
    }

    private List<RuleWindow> ruleWindows(Rule rule) {
        var condition = (RuleCondition.OfUsage) rule.condition();
        Window current = condition.window().containing(now, condition.zone());
        Window previous = condition.window().containing(current.start().minusNanos(1), condition.zone());
        return List.of(
                new RuleWindow(rule, condition, previous, new TreeSet<>()),
                new RuleWindow(rule, condition, current, new TreeSet<>()));
    }
}
