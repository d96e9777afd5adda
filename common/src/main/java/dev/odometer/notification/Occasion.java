package dev.odometer.notification;

import dev.odometer.customer.Customer;
import dev.odometer.entitlement.Balance;
import dev.odometer.entitlement.Entitlement;
import dev.odometer.entitlement.Feature;
import dev.odometer.entitlement.Standing;
import dev.odometer.entitlement.Terms;
import dev.odometer.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a rule noticed, and how it is told. */
public sealed interface Occasion {

    /** What makes it the same for one rule, however often it is noticed: in a period each threshold once. */
    List<String> key();

    /** What is told, as a tree of maps, lists, texts, numbers and truth values. */
    Map<String, @Nullable Object> data();

    /** The rule's notification of it. */
    default Notification notification(String id, Rule rule, Instant at) {
        return new Notification(
                id,
                rule.watch().type(),
                rule,
                tree("id", id, "type", rule.watch().type(), "timestamp", at, "data", data()),
                at);
    }

    /** A subject's usage of a meter in a window went over a threshold. */
    record OfUsage(Watch.OfUsage watch, String subject, Window window, BigDecimal value, Threshold threshold)
            implements Occasion {

        @Override
        public List<String> key() {
            return List.of(
                    "usage",
                    watch.meterId(),
                    subject,
                    window.start() + "/" + window.end(),
                    threshold.type(),
                    threshold.value().toPlainString());
        }

        @Override
        public Map<String, @Nullable Object> data() {
            return tree(
                    "meter",
                    tree("id", watch.meterId(), "slug", watch.meterSlug()),
                    "subject",
                    tree("key", subject),
                    "window",
                    tree("from", window.start(), "to", window.end()),
                    "value",
                    value,
                    "threshold",
                    line(threshold));
        }
    }

    /**
     * How a customer stands with a metered entitlement, which went over a threshold; without a threshold, it began a
     * period.
     */
    record OfEntitlement(
            Standing standing,
            Feature feature,
            Customer customer,
            @Nullable Threshold threshold) implements Occasion {

        private static Window period(Standing standing) {
            return Objects.requireNonNull(standing.period(), "a metered entitlement has periods");
        }

        @Override
        public List<String> key() {
            return key(standing, threshold);
        }

        /** The same, before more is known of it. */
        public static List<String> key(Standing standing, @Nullable Threshold threshold) {
            String began = period(standing).start().toString();
            String id = standing.entitlement().id();
            return threshold == null
                    ? List.of("reset", id, began)
                    : List.of(
                            "balance",
                            id,
                            began,
                            threshold.type(),
                            threshold.value().toPlainString());
        }

        @Override
        public Map<String, @Nullable Object> data() {
            String subject = customer.subjects().iterator().next();
            return tree(
                    "entitlement",
                    entitlement(subject),
                    "feature",
                    featureTree(),
                    "subject",
                    tree("key", subject),
                    "customer",
                    tree(
                            "id",
                            customer.id(),
                            "key",
                            customer.key(),
                            "name",
                            customer.name(),
                            "usageAttribution",
                            tree("subjectKeys", customer.subjectKeys())),
                    "value",
                    value(),
                    "threshold",
                    threshold == null ? null : line(threshold));
        }

        private Map<String, @Nullable Object> value() {
            Balance balance = Objects.requireNonNull(standing.balance(), "a metered entitlement has a balance");
            return tree(
                    "hasAccess",
                    standing.hasAccess(),
                    "balance",
                    balance.left(),
                    "usage",
                    balance.usage(),
                    "overage",
                    balance.overage(),
                    "totalAvailableGrantAmount",
                    balance.granted());
        }

        private Map<String, @Nullable Object> featureTree() {
            Feature.Measure measure = feature.measure();
            return tree(
                    "id",
                    feature.id(),
                    "key",
                    feature.key(),
                    "name",
                    feature.name(),
                    "meterSlug",
                    measure == null ? null : measure.meterSlug(),
                    "createdAt",
                    feature.createdAt(),
                    "updatedAt",
                    feature.updatedAt(),
                    "archivedAt",
                    feature.deletedAt());
        }

        private Map<String, @Nullable Object> entitlement(String subject) {
            Entitlement entitlement = standing.entitlement();
            Map<String, @Nullable Object> tree = tree(
                    "id",
                    entitlement.id(),
                    "type",
                    entitlement.terms().type(),
                    "subjectKey",
                    subject,
                    "customerId",
                    entitlement.customerId(),
                    "featureId",
                    entitlement.featureId(),
                    "featureKey",
                    entitlement.featureKey(),
                    "createdAt",
                    entitlement.createdAt(),
                    "updatedAt",
                    entitlement.updatedAt(),
                    "currentUsagePeriod",
                    tree(
                            "from",
                            period(standing).start(),
                            "to",
                            period(standing).end()),
                    "lastReset",
                    standing.lastReset(),
                    "metadata",
                    entitlement.metadata().isEmpty() ? null : entitlement.metadata());
            if (entitlement.terms() instanceof Terms.Metered metered) {
                tree.putAll(allowance(metered));
            }
            return tree;
        }

        private static Map<String, @Nullable Object> allowance(Terms.Metered metered) {
            return tree(
                    "usagePeriod",
                    tree(
                            "interval",
                            metered.period().interval(),
                            "intervalISO",
                            metered.period().iso(),
                            "anchor",
                            metered.period().anchor()),
                    "measureUsageFrom",
                    metered.measureFrom(),
                    "isSoftLimit",
                    metered.soft(),
                    "issueAfterReset",
                    metered.allowance(),
                    "issueAfterResetPriority",
                    metered.priority(),
                    "preserveOverageAtReset",
                    metered.preserveOverage());
        }
    }

    /** Somebody wants to see one: what would be told, with {@code test: true} in front. */
    record Example(Occasion of) implements Occasion {

        @Override
        public List<String> key() {
            throw new UnsupportedOperationException("each example is one of its own");
        }

        @Override
        public Map<String, @Nullable Object> data() {
            Map<String, @Nullable Object> data = tree("test", true);
            data.putAll(of.data());
            return data;
        }
    }

    private static Map<String, @Nullable Object> line(Threshold threshold) {
        return tree("type", threshold.type(), "value", threshold.value());
    }

    /** Names and values in turn; what is null is left out, and times become texts. */
    private static Map<String, @Nullable Object> tree(@Nullable Object... entries) {
        var tree = new LinkedHashMap<String, @Nullable Object>();
        for (int i = 0; i < entries.length; i += 2) {
            Object value = entries[i + 1];
            if (value != null) {
                tree.put(String.valueOf(entries[i]), value instanceof Instant time ? time.toString() : value);
            }
        }
        return tree;
    }
}
