package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notification;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.PayloadWriter;
import dev.odometer.metering.notification.Rule;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends a sample alert to a rule's channels, marked as a test. */
public final class TestNotificationRule implements Function<TestNotificationRule.Input, NotificationEventView> {

    private final Notifications notifications;
    private final Supplier<String> ids;
    private final Clock clock;
    private final PayloadWriter payloads;

    public TestNotificationRule(
            Notifications notifications, Supplier<String> ids, Clock clock, PayloadWriter payloads) {
        this.notifications = notifications;
        this.ids = ids;
        this.clock = clock;
        this.payloads = payloads;
    }

    /** The rule. */
    public record Input(String ruleId) {}

    @Override
    public NotificationEventView apply(Input input) {
        Rule rule = GetNotificationRule.require(notifications, input.ruleId);
        Instant now = clock.instant();
        Notification sample = Notification.of(ids.get(), now, new SampleAlerts(ids, now).alert(rule), payloads);
        notifications.raise(sample);
        return GetNotificationEvent.view(notifications, sample.id());
    }
}
