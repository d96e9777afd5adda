package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.notification.RuleCondition;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.views.ThresholdView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A rule in responses; see {@link RuleDraft}. Fields of other types are absent. */
public record RuleView(
        String id,
        String type,
        String name,
        boolean disabled,
        List<ChannelView.Meta> channels,
        @Nullable List<FeatureMeta> features,
        @Nullable List<ThresholdView> thresholds,
        @Nullable String meter,
        @Nullable WindowSize windowSize,
        @Nullable String windowTimeZone,
        @Nullable List<String> subjects,
        @Nullable Map<String, String> metadata,
        Instant createdAt,
        Instant updatedAt,
        @Nullable Instant deletedAt) {

    /** The id and key of a feature. */
    public record FeatureMeta(String id, String key) {}

    /** @param channels by id */
    static RuleView of(Rule rule, Function<String, ChannelView.Meta> channels) {
        RuleCondition watch = rule.condition();
        RuleCondition.OfUsage usage = watch instanceof RuleCondition.OfUsage of ? of : null;
        return new RuleView(
                rule.id(),
                watch.type(),
                rule.name(),
                rule.disabled(),
                rule.channels().stream().map(channels).toList(),
                features(watch),
                thresholds(watch),
                usage == null ? null : usage.meterSlug(),
                usage == null ? null : usage.window(),
                usage == null ? null : usage.zone().getId(),
                usage == null || usage.subjects().isEmpty() ? null : usage.subjects(),
                rule.metadata().isEmpty() ? null : rule.metadata(),
                rule.createdAt(),
                rule.updatedAt(),
                rule.deletedAt());
    }

    private static @Nullable List<FeatureMeta> features(RuleCondition watch) {
        Map<String, String> features = watch instanceof RuleCondition.OfBalances balances
                ? balances.features()
                : watch instanceof RuleCondition.OfResets resets ? resets.features() : Map.of();
        return features.isEmpty()
                ? null
                : features.entrySet().stream()
                        .map(feature -> new FeatureMeta(feature.getKey(), feature.getValue()))
                        .toList();
    }

    private static @Nullable List<ThresholdView> thresholds(RuleCondition watch) {
        if (watch instanceof RuleCondition.OfBalances balances) {
            return balances.thresholds().stream().map(ThresholdView::of).toList();
        }
        return watch instanceof RuleCondition.OfUsage usage
                ? usage.thresholds().stream().map(ThresholdView::of).toList()
                : null;
    }
}
