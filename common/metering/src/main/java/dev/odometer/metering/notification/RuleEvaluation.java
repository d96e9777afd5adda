package dev.odometer.metering.notification;

import dev.odometer.metering.entitlement.EntitlementStatus;
import dev.odometer.metering.invoice.Invoice;
import dev.odometer.metering.notification.RuleCondition.OfInvoices.Change;
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
 * Decides which alerts a set of live rules raises: which periods and windows are evaluated, which thresholds are
 * crossed, and which alerts were raised before. Immutable. It reads through {@link RuleFacts} and writes nothing; the
 * caller raises the alerts in the same transaction.
 */
public final class RuleEvaluation {

    private final Map<String, List<Rule>> onUsage = new HashMap<>();
    private final List<Rule> onBalances = new ArrayList<>();
    private final List<Rule> onResets = new ArrayList<>();
    private final List<Rule> onInvoices = new ArrayList<>();

    private RuleEvaluation() {}

    /** @param rules the rules that are neither disabled nor deleted */
    public static RuleEvaluation of(List<Rule> rules) {
        var evaluation = new RuleEvaluation();
        for (Rule rule : rules) {
            if (rule.condition() instanceof RuleCondition.OfUsage usage) {
                evaluation
                        .onUsage
                        .computeIfAbsent(usage.meterId(), id -> new ArrayList<>())
                        .add(rule);
            } else if (rule.condition() instanceof RuleCondition.OfBalances) {
                evaluation.onBalances.add(rule);
            } else if (rule.condition() instanceof RuleCondition.OfInvoices) {
                evaluation.onInvoices.add(rule);
            } else {
                evaluation.onResets.add(rule);
            }
        }
        return evaluation;
    }

    /** Whether any rule is evaluated when usage is counted. */
    public boolean isAboutUsage() {
        return !onUsage.isEmpty() || !onBalances.isEmpty();
    }

    /** Whether any rule is evaluated when a usage period starts. */
    public boolean isAboutResets() {
        return !onResets.isEmpty();
    }

    /** The alerts for invoices that were created or changed: one for each invoice and rule. */
    public List<Alert> afterInvoices(List<Invoice> created, List<Invoice> updated) {
        var alerts = new ArrayList<Alert>();
        for (Rule rule : onInvoices) {
            var condition = (RuleCondition.OfInvoices) rule.condition();
            for (Invoice invoice : condition.change() == Change.CREATED ? created : updated) {
                alerts.add(new Alert.OfInvoice(rule, condition, invoice));
            }
        }
        return alerts;
    }

    /** The alerts for counted usage, without duplicates and without alerts that were raised before. */
    public List<Alert> afterCounting(List<CountedUsage> counted, Instant now, RuleFacts facts) {
        if (counted.isEmpty()) {
            return List.of();
        }
        List<Alert.OfUsage> usage = new UsageRules(onUsage, now).evaluate(counted, facts);
        List<Finding> balances = new BalanceRules(onBalances, now).evaluate(counted, facts);
        return newAlerts(usage, balances, facts);
    }

    /** The alerts for the period that a manual reset started. */
    public List<Alert> afterReset(List<EntitlementStatus> statuses, RuleFacts facts) {
        return newAlerts(List.of(), periodStarts(statuses), facts);
    }

    /**
     * The alerts for periods that started on schedule. A period that started before the rule was created raises none.
     */
    public List<Alert> afterPeriodStart(List<EntitlementStatus> statuses, RuleFacts facts) {
        List<Finding> afterRule = periodStarts(statuses).stream()
                .filter(finding -> finding.periodStart().isAfter(finding.rule().createdAt()))
                .toList();
        return newAlerts(List.of(), afterRule, facts);
    }

    /**
     * The time from which period starts of an entitlement are evaluated: its creation, or that of the first rule on
     * resets if that is later.
     */
    public Instant periodsFrom(Instant entitlementCreatedAt) {
        return onResets.stream()
                .map(Rule::createdAt)
                .min(Instant::compareTo)
                .filter(entitlementCreatedAt::isBefore)
                .orElse(entitlementCreatedAt);
    }

    private List<Finding> periodStarts(List<EntitlementStatus> statuses) {
        var periodStarts = new ArrayList<Finding>();
        for (EntitlementStatus status : statuses) {
            for (Rule rule : onResets) {
                if (status.period() != null
                        && ((RuleCondition.OfResets) rule.condition()).covers(status.entitlement())) {
                    periodStarts.add(new Finding(rule, status, null));
                }
            }
        }
        return periodStarts;
    }

    /** Drops alerts that were raised before. Feature, customer and subject are read only for new alerts. */
    private static List<Alert> newAlerts(List<Alert.OfUsage> usage, List<Finding> findings, RuleFacts facts) {
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
        List<Finding> newFindings = findings.stream()
                .filter(finding -> !raised.contains(finding.key()))
                .toList();
        if (!newFindings.isEmpty()) {
            Map<String, RuleFacts.Context> contexts = facts.contexts(newFindings.stream()
                    .map(finding -> finding.status().entitlement())
                    .toList());
            newFindings.forEach(finding -> alerts.putIfAbsent(finding.key(), finding.alert(contexts)));
        }
        return List.copyOf(alerts.values());
    }

    /** A rule whose condition an entitlement meets; without a threshold for the start of a period. */
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
