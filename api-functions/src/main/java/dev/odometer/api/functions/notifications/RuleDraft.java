package dev.odometer.api.functions.notifications;

import static dev.odometer.api.functions.input.Bounds.required;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Feature;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.notification.RuleCondition.OfInvoices.Change;
import dev.odometer.metering.notification.Threshold;
import dev.odometer.metering.notification.Threshold.Kind;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.metering.resource.Text;
import dev.odometer.metering.usage.WindowSize;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A rule in requests.
 *
 * @param type entitlements.balance.threshold, entitlements.reset, meters.usage.threshold, invoice.created or
 *     invoice.updated
 * @param disabled whether it raises no notification events; false when absent
 * @param channels the ids of 1 to 5 channels
 * @param features of entitlements: ids or keys; all when absent or empty
 * @param thresholds 1 to 10; none for resets and invoices
 * @param meter of usage: id or slug
 * @param windowSize of usage: HOUR, DAY or MONTH
 * @param windowTimeZone of usage: an IANA name; UTC when absent
 * @param subjects of usage: each is evaluated separately; all when absent or empty
 */
public record RuleDraft(
        @Required @Nullable String type,
        @Required @Nullable String name,
        @Nullable Boolean disabled,
        @Nullable List<@Nullable String> channels,
        @Nullable List<@Nullable String> features,
        @Nullable List<@Nullable ThresholdDraft> thresholds,
        @Nullable String meter,
        @Nullable WindowSize windowSize,
        @Nullable String windowTimeZone,
        @Nullable List<@Nullable String> subjects,
        @Nullable Map<String, String> metadata) {

    private static final int MAX_VALUES = 100;
    private static final Set<Aggregation> SUPPORTED =
            Set.of(Aggregation.SUM, Aggregation.COUNT, Aggregation.UNIQUE_COUNT, Aggregation.LATEST);
    private static final Map<String, Kind> KINDS = Map.of(
            "usage_value", Kind.USAGE_VALUE,
            "usage_percentage", Kind.USAGE_PERCENTAGE,
            "balance_value", Kind.BALANCE_VALUE,
            // The former names.
            "NUMBER", Kind.USAGE_VALUE,
            "PERCENT", Kind.USAGE_PERCENTAGE);

    /**
     * A threshold in requests.
     *
     * @param type usage_value, usage_percentage or balance_value; NUMBER and PERCENT are former names of the first two
     */
    public record ThresholdDraft(
            @Required @Nullable String type,
            @Required @Nullable BigDecimal value) {

        private Threshold toThreshold() {
            if (value == null) {
                throw Refusal.invalid("value is required");
            }
            return new Threshold(Bounds.choice("type", required("type", type), KINDS), value);
        }
    }

    /** @throws Refusal when a field is missing or breaks a rule, or what it names does not exist */
    Rule toRule(String id, Lifecycle lifecycle, MeterLookup meters, Features known) {
        return new Rule(
                id,
                required("name", name),
                Boolean.TRUE.equals(disabled),
                condition(meters, known),
                List.copyOf(Bounds.texts("channels", channels, MAX_VALUES)),
                Objects.requireNonNullElse(metadata, Map.of()),
                lifecycle);
    }

    private RuleCondition condition(MeterLookup meters, Features known) {
        String kind = required("type", type);
        return switch (kind) {
            case "entitlements.balance.threshold" -> {
                checkNotOfUsage();
                yield new RuleCondition.OfBalances(features(known), toThresholds());
            }
            case "entitlements.reset" -> {
                checkNotOfUsage();
                Bounds.absent("thresholds", thresholds, type);
                yield new RuleCondition.OfResets(features(known));
            }
            case "meters.usage.threshold" -> {
                Bounds.absent("features", features, type);
                yield usage(meters);
            }
            case "invoice.created" -> invoices(Change.CREATED);
            case "invoice.updated" -> invoices(Change.UPDATED);
            default ->
                throw Refusal.invalid("type must be entitlements.balance.threshold, entitlements.reset,"
                        + " meters.usage.threshold, invoice.created or invoice.updated: " + Refusal.quote(kind));
        };
    }

    private RuleCondition invoices(Change change) {
        checkNotOfUsage();
        Bounds.absent("features", features, type);
        Bounds.absent("thresholds", thresholds, type);
        return new RuleCondition.OfInvoices(change);
    }

    private void checkNotOfUsage() {
        Bounds.absent("meter", meter, type);
        Bounds.absent("windowSize", windowSize, type);
        Bounds.absent("windowTimeZone", windowTimeZone, type);
        Bounds.absent("subjects", subjects, type);
    }

    private Map<String, String> features(Features known) {
        var found = new LinkedHashMap<String, String>();
        for (String idOrKey : Bounds.texts("features", features, MAX_VALUES)) {
            Feature feature = known.find(idOrKey)
                    .filter(candidate -> !candidate.isArchived())
                    .orElseThrow(() -> Refusal.notFound("feature not found: " + Refusal.quote(idOrKey)));
            found.put(feature.id(), feature.key());
        }
        return found;
    }

    private List<Threshold> toThresholds() {
        var all = new ArrayList<Threshold>();
        for (ThresholdDraft draft : thresholds == null ? List.<@Nullable ThresholdDraft>of() : thresholds) {
            if (draft == null || all.size() >= MAX_VALUES) {
                throw Refusal.invalid(
                        "thresholds must have 1 to " + RuleCondition.MAX_THRESHOLDS + " entries, none null");
            }
            try {
                all.add(draft.toThreshold());
            } catch (Refusal refusal) {
                throw refusal.at("thresholds[" + all.size() + "]");
            }
        }
        return all;
    }

    private RuleCondition usage(MeterLookup meters) {
        Meter watched = meters.live(Text.checked("meter", required("meter", meter), MAX_VALUES));
        if (!SUPPORTED.contains(watched.aggregation())) {
            throw Refusal.invalid(
                    "a meter with aggregation " + watched.aggregation() + " cannot have usage thresholds");
        }
        if (windowSize == null) {
            throw Refusal.invalid("windowSize is required");
        }
        return new RuleCondition.OfUsage(
                watched.id(),
                watched.slug(),
                windowSize,
                Bounds.zone(windowTimeZone),
                List.copyOf(Bounds.texts("subjects", subjects, MAX_VALUES)),
                toThresholds());
    }
}
