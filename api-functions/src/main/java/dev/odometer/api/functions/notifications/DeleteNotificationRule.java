package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notifications;
import java.time.Clock;
import java.util.function.Consumer;

/** Deletes a rule; the notification events that it raised are kept and delivered. */
public final class DeleteNotificationRule implements Consumer<DeleteNotificationRule.Input> {

    private final Notifications notifications;
    private final Clock clock;

    public DeleteNotificationRule(Notifications notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    /** The rule. */
    public record Input(String ruleId) {}

    @Override
    public void accept(Input input) {
        notifications.deleteRule(input.ruleId, clock.instant());
    }
}
