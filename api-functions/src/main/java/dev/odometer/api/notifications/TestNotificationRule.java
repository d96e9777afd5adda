package dev.odometer.api.notifications;

import dev.odometer.notification.Notification;
import dev.odometer.notification.Notifications;
import dev.odometer.notification.PayloadWriter;
import dev.odometer.notification.Rule;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;

/** Sends by a rule's channels what the rule would tell, marked as a test and with made-up numbers. */
public final class TestNotificationRule implements Function<TestNotificationRule.Input, EventView> {

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

    /** Which rule. */
    public record Input(String ruleId) {}

    @Override
    public EventView apply(Input input) {
        Rule rule = GetNotificationRule.known(notifications, input.ruleId);
        Instant now = clock.instant();
        Notification example = Notification.of(ids.get(), now, new MadeUp(ids, now).alert(rule), payloads);
        notifications.raise(example);
        return GetNotificationEvent.shown(notifications, example.id());
    }
}
