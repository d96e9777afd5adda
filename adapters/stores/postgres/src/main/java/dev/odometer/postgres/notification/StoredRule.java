package dev.odometer.postgres.notification;

import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.RuleCondition.OfInvoices.Change;
import dev.odometer.metering.notification.Threshold;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.jdbc.DataJson;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The stored JSON form of a rule. The time zone is stored by its id, and properties that the type of rule does not have
 * are absent.
 */
record StoredRule(
        String id,
        String name,
        boolean disabled,
        String type,
        @Nullable Map<String, String> features,
        @Nullable List<StoredThreshold> thresholds,
        @Nullable String meterId,
        @Nullable String meterSlug,
        @Nullable WindowSize window,
        @Nullable String zone,
        @Nullable List<String> subjects,
        List<String> channels,
        Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    /** A threshold. Its value is text, so that it keeps its digits. */
    record StoredThreshold(Threshold.Kind kind, String value) {

        static List<StoredThreshold> of(List<Threshold> thresholds) {
            return thresholds.stream()
                    .map(threshold -> new StoredThreshold(
                            threshold.kind(), threshold.value().toPlainString()))
                    .toList();
        }
    }

    static String write(Rule rule) {
        return DataJson.write(of(rule));
    }

    static Rule read(String json) {
        return DataJson.value(json, StoredRule.class).rule();
    }

    private static StoredRule of(Rule rule) {
        Optional<RuleCondition.OfUsage> usage = Optional.of(rule.condition())
                .filter(RuleCondition.OfUsage.class::isInstance)
                .map(RuleCondition.OfUsage.class::cast);
        return new StoredRule(
                rule.id(),
                rule.name(),
                rule.disabled(),
                rule.condition().type(),
                rule.condition() instanceof RuleCondition.OfBalances balances
                        ? balances.features()
                        : rule.condition() instanceof RuleCondition.OfResets resets ? resets.features() : null,
                rule.condition() instanceof RuleCondition.OfBalances balances
                        ? StoredThreshold.of(balances.thresholds())
                        : usage.map(of -> StoredThreshold.of(of.thresholds())).orElse(null),
                usage.map(RuleCondition.OfUsage::meterId).orElse(null),
                usage.map(RuleCondition.OfUsage::meterSlug).orElse(null),
                usage.map(RuleCondition.OfUsage::window).orElse(null),
                usage.map(of -> of.zone().getId()).orElse(null),
                usage.map(RuleCondition.OfUsage::subjects).orElse(null),
                rule.channels(),
                rule.metadata(),
                rule.createdAt(),
                rule.updatedAt(),
                rule.deletedAt());
    }

    private Rule rule() {
        return new Rule(
                id, name, disabled, watch(), channels, metadata, new Lifecycle(createdAt, updatedAt, deletedAt));
    }

    private RuleCondition watch() {
        for (Change change : Change.values()) {
            var invoices = new RuleCondition.OfInvoices(change);
            if (invoices.type().equals(type)) {
                return invoices;
            }
        }
        if (meterId != null) {
            return new RuleCondition.OfUsage(
                    meterId,
                    Objects.requireNonNull(meterSlug),
                    Objects.requireNonNull(window),
                    ZoneId.of(Objects.requireNonNull(zone)),
                    Objects.requireNonNull(subjects),
                    parsedThresholds());
        }
        Map<String, String> watched = Objects.requireNonNull(features);
        return thresholds == null
                ? new RuleCondition.OfResets(watched)
                : new RuleCondition.OfBalances(watched, parsedThresholds());
    }

    private List<Threshold> parsedThresholds() {
        return Objects.requireNonNull(thresholds).stream()
                .map(line -> new Threshold(line.kind(), new BigDecimal(line.value())))
                .toList();
    }
}
