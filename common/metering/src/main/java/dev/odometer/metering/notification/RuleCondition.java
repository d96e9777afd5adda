package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.entitlement.Entitlement;
import dev.odometer.metering.usage.WindowSize;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The condition of a rule: balance thresholds, period starts, usage thresholds or invoices. */
public sealed interface RuleCondition {

    int MAX_THRESHOLDS = 10;

    /** The type of the notification in the API. */
    String type();

    /** The features that it names, id to key; empty if it applies to all, or to none. */
    default Map<String, String> features() {
        return Map.of();
    }

    private static List<Threshold> checked(List<Threshold> thresholds) {
        if (thresholds.isEmpty() || thresholds.size() > MAX_THRESHOLDS) {
            throw Refusal.invalid("thresholds must have 1 to " + MAX_THRESHOLDS + " entries");
        }
        return List.copyOf(new LinkedHashSet<>(thresholds));
    }

    private static boolean isAmong(Map<String, String> features, Entitlement entitlement) {
        return features.isEmpty() || features.containsKey(entitlement.featureId());
    }

    /**
     * Thresholds on the balances of metered entitlements.
     *
     * @param features id to key; empty for all
     * @param thresholds 1 to 10
     */
    record OfBalances(Map<String, String> features, List<Threshold> thresholds) implements RuleCondition {

        /** @throws Refusal without thresholds or with too many */
        public OfBalances {
            features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
            thresholds = checked(thresholds);
        }

        /** Whether the rule is about the entitlement's feature. */
        public boolean covers(Entitlement entitlement) {
            return isAmong(features, entitlement);
        }

        @Override
        public String type() {
            return "entitlements.balance.threshold";
        }
    }

    /**
     * The start of usage periods of metered entitlements.
     *
     * @param features id to key; empty for all
     */
    record OfResets(Map<String, String> features) implements RuleCondition {

        public OfResets {
            features = Collections.unmodifiableMap(new LinkedHashMap<>(features));
        }

        /** Whether the rule is about the entitlement's feature. */
        public boolean covers(Entitlement entitlement) {
            return isAmong(features, entitlement);
        }

        @Override
        public String type() {
            return "entitlements.reset";
        }
    }

    /**
     * Thresholds on the usage of a meter by each subject in each window, independent of entitlements.
     *
     * @param window HOUR, DAY or MONTH
     * @param subjects empty for all
     * @param thresholds 1 to 10, of usage values
     */
    record OfUsage(
            String meterId,
            String meterSlug,
            WindowSize window,
            ZoneId zone,
            List<String> subjects,
            List<Threshold> thresholds)
            implements RuleCondition {

        /** @throws Refusal when a field is invalid */
        public OfUsage {
            subjects = List.copyOf(new LinkedHashSet<>(subjects));
            thresholds = checked(thresholds);
            if (window == WindowSize.MINUTE) {
                throw Refusal.invalid("windowSize must be HOUR, DAY or MONTH");
            }
            if (thresholds.stream().anyMatch(threshold -> threshold.kind() != Threshold.Kind.USAGE_VALUE)) {
                throw Refusal.invalid("thresholds of a meter's usage must be of type usage_value");
            }
        }

        /** Whether the rule is about the subject. */
        public boolean covers(String subject) {
            return subjects.isEmpty() || subjects.contains(subject);
        }

        @Override
        public String type() {
            return "meters.usage.threshold";
        }
    }

    /** The creation of invoices, or their later changes, of all customers. */
    record OfInvoices(Change change) implements RuleCondition {

        /** Whether the invoice existed before. */
        public enum Change {
            CREATED,
            UPDATED
        }

        @Override
        public String type() {
            return "invoice." + change.name().toLowerCase(Locale.ROOT);
        }
    }
}
