package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.functions.route.Required;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.usage.WindowSize;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces a rule's fields; absent fields are cleared. A threshold that was raised in a period is not raised again. */
public final class UpdateNotificationRule implements Function<UpdateNotificationRule.Input, RuleView> {

    private final Notifications notifications;
    private final MeterLookup meters;
    private final Features features;
    private final Clock clock;

    public UpdateNotificationRule(Notifications notifications, MeterLookup meters, Features features, Clock clock) {
        this.notifications = notifications;
        this.meters = meters;
        this.features = features;
        this.clock = clock;
    }

    /** The rule and its new fields; see {@link RuleDraft}. */
    public record Input(
            String ruleId,
            @Required @Nullable String type,
            @Required @Nullable String name,
            @Nullable Boolean disabled,
            @Nullable List<@Nullable String> channels,
            @Nullable List<@Nullable String> features,
            @Nullable List<RuleDraft.@Nullable ThresholdDraft> thresholds,
            @Nullable String meter,
            @Nullable WindowSize windowSize,
            @Nullable String windowTimeZone,
            @Nullable List<@Nullable String> subjects,
            @Nullable Map<String, String> metadata) {

        RuleDraft draft() {
            return new RuleDraft(
                    type,
                    name,
                    disabled,
                    channels,
                    features,
                    thresholds,
                    meter,
                    windowSize,
                    windowTimeZone,
                    subjects,
                    metadata);
        }
    }

    @Override
    public RuleView apply(Input input) {
        Rule before = GetNotificationRule.require(notifications, input.ruleId);
        Rule after = input.draft().toRule(before.id(), before.lifecycle().changed(clock.instant()), meters, features);
        notifications.put(after);
        return new RuleViews(notifications).of(after);
    }
}
