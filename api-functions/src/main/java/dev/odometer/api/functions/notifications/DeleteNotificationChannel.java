package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notifications;
import java.time.Clock;
import java.util.function.Consumer;

/** Ends a channel that no rule names; what waits for it is given up. */
public final class DeleteNotificationChannel implements Consumer<DeleteNotificationChannel.Input> {

    private final Notifications notifications;
    private final Clock clock;

    public DeleteNotificationChannel(Notifications notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    /** Which channel. */
    public record Input(String channelId) {}

    @Override
    public void accept(Input input) {
        notifications.deleteChannel(input.channelId, clock.instant());
    }
}
