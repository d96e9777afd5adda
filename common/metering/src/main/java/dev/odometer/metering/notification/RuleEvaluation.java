package dev.odometer.metering.notification;

import dev.odometer.metering.entitlement.EntitlementStatus;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which alerts a set of live rules raises: which periods and windows are looked at, which thresholds are
 * crossed, and what was raised before. Immutable; reads through {@link RuleFacts} and writes nothing. The caller raises
 * the alerts in the same transaction.
 */
public final class RuleEvaluation {

    private final Map<String, List<Rule>> onUsage = new HashMap<>();
    private final List<Rule> onBalances = new ArrayList<>();
    private final List<Rule> onResets = new ArrayList<>();

    private RuleEvaluation() {}

    /** @param rules neither disabled nor deleted */
    public static RuleEvaluation of(List<Rule> rules) {
        var evaluation = new RuleEvaluation();
        for (Rule rule : rules) {
            if (rule.watch() instanceof RuleCondition.OfUsage usage) {
                evaluation
                        .onUsage
                        .computeIfAbsent(usage.meterId(), id -> new ArrayList<>())
                        .add(rule);
            } else if (rule.watch() instanceof RuleCondition.OfBalances) {
                evaluation.onBalances.add(rule);
            } else {
                evaluation.onResets.add(rule);
            }
        }
        return evaluation;
    }

    /** Whether a rule is evaluated when usage is counted. */
    public boolean isAboutUsage() {
        return !onUsage.isEmpty() || !onBalances.isEmpty();
    }

    /** Whether a rule is evaluated when a usage period begins. */
    public boolean isAboutResets() {
        return !onResets.isEmpty();
    }

    /** The alerts of usage that was counted; without duplicates and without those that were raised before. */
    public List<Alert> afterCounting(List<CountedUsage> counted, Instant now, RuleFacts facts) {
        if (counted.isEmpty()) {
            return List.of();
        }
        List<Alert.OfUsage> usage = new UsageRules(onUsage, now).evaluate(counted, facts);
        List<Finding> balances = new BalanceRules(onBalances, now).evaluate(counted, facts);
        return fresh(usage, balances, facts);
    }

    /** The alerts of the period that a reset by hand began. */
    public List<Alert> afterReset(List<EntitlementStatus> statuses, RuleFacts facts) {
        return fresh(List.of(), begun(statuses), facts);
    }

    /** The alerts of periods that began by themselves. A period that began before the rule was made raises none. */
    public List<Alert> afterPeriodStart(List<EntitlementStatus> statuses, RuleFacts facts) {
        List<Finding> seen = begun(statuses).stream()
                .filter(finding -> finding.periodStart().isAfter(finding.rule().createdAt()))
                .toList();
        return fresh(List.of(), seen, facts);
    }

    /**
     * Since when the periods of an entitlement are looked at: its creation, or that of the first rule on resets if that
     * came later.
     */
    public Instant periodsFrom(Instant entitlementCreatedAt) {
        return onResets.stream()
                .map(Rule::createdAt)
                .min(Instant::compareTo)
                .filter(entitlementCreatedAt::isBefore)
                .orElse(entitlementCreatedAt);
    }

    private List<Finding> begun(List<EntitlementStatus> statuses) {
        var begun = new ArrayList<Finding>();
        for (EntitlementStatus status : statuses) {
            for (Rule rule : onResets) {
                if (status.period() != null && ((RuleCondition.OfResets) rule.watch()).covers(status.entitlement())) {
                    begun.add(new Finding(rule, status, null));
                }
            }
        }
        return begun;
    }

    /** Feature, customer and subject are read only for what is raised. */
    private static List<Alert> fresh(List<Alert.OfUsage> usage, List<Finding> findings, RuleFacts facts) {
        var keys = new LinkedHashSet<AlertKey>();
        usage.forEach(alert -> keys.add(alert.key()));
        findings.forEach(finding -> keys.add(finding.key()));
        if (keys.isEmpty()) {
            return List.of();
        }
        Set<AlertKey> raised = facts.raised(keys);
        var alerts = new LinkedHashMap<AlertKey, Alert>();
        usage.stream()
                .filter(alert -> !raised.contains(alert.key()))
                .forEach(alert -> alerts.putIfAbsent(alert.key(), alert));
        List<Finding> fresh = findings.stream()
                .filter(finding -> !raised.contains(finding.key()))
                .toList();
        if (!fresh.isEmpty()) {
            Map<String, RuleFacts.Context> contexts = facts.contexts(fresh.stream()
                    .map(finding -> finding.status().entitlement())
                    .toList());
            fresh.forEach(finding -> alerts.putIfAbsent(finding.key(), finding.alert(contexts)));
        }
        return List.copyOf(alerts.values());
    }

    /** A rule that something is to be raised for; without a threshold, since a period began. */
    record Finding(
            Rule rule, EntitlementStatus status, @Nullable Threshold threshold) {

        AlertKey key() {
            return Alert.OfEntitlement.key(rule, status, threshold);
        }

        Instant periodStart() {
            return Objects.requireNonNull(status.period()).start();
        }

        Alert alert(Map<String, RuleFacts.Context> contexts) {
            RuleFacts.Context context =
                    Objects.requireNonNull(contexts.get(status.entitlement().id()));
            return new Alert.OfEntitlement(
                    rule, status, context.feature(), context.customer(), context.subject(), threshold);
        }
    }
}
