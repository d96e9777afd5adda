package dev.odometer.api.functions.notifications;

import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Rule;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends by a rule's channels what the rule would tell, marked as a test and with made-up numbers. */
public final class TestNotificationRule implements Function<TestNotificationRule.Input, NotificationEventView> {

    private final Notifications notifications;
    private final Supplier<String> ids;
    private final Clock clock;
    private final Supplier<WakeUp> deliverers;

    public TestNotificationRule(
            Notifications notifications, Supplier<String> ids, Clock clock, Supplier<WakeUp> deliverers) {
        this.notifications = notifications;
        this.ids = ids;
        this.clock = clock;
        this.deliverers = deliverers;
    }

    /** Which rule. */
    public record Input(String ruleId) {}

    @Override
    public NotificationEventView apply(Input input) {
        Rule rule = GetNotificationRule.known(notifications, input.ruleId);
        Instant now = clock.instant();
        Notification example = new SampleAlerts(ids, now).alert(rule.watch()).notification(ids.get(), rule, now);
        notifications.raise(example);
        deliverers.get().wake("deliverNotifications");
        return GetNotificationEvent.shown(notifications, example.id());
    }
}
