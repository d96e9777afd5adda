package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.metering.entitlement.Features;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
import dev.odometer.metering.resource.Lifecycle;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates a rule, which applies to usage that is counted from then on. */
public final class CreateNotificationRule implements Function<RuleDraft, RuleView> {

    private final Notifications notifications;
    private final MeterLookup meters;
    private final Features features;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateNotificationRule(
            Notifications notifications, MeterLookup meters, Features features, Supplier<String> ids, Clock clock) {
        this.notifications = notifications;
        this.meters = meters;
        this.features = features;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public RuleView apply(RuleDraft draft) {
        Instant now = clock.instant();
        Rule rule = draft.toRule(ids.get(), Lifecycle.created(now), meters, features);
        notifications.put(rule);
        return new RuleViews(notifications).of(rule);
    }
}
