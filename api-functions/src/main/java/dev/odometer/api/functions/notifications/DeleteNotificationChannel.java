package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notifications;
import java.time.Clock;
import java.util.function.Consumer;

/** Deletes a channel that no rule uses; its pending deliveries are canceled. */
public final class DeleteNotificationChannel implements Consumer<DeleteNotificationChannel.Input> {

    private final Notifications notifications;
    private final Clock clock;

    public DeleteNotificationChannel(Notifications notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    /** The channel. */
    public record Input(String channelId) {}

    @Override
    public void accept(Input input) {
        notifications.deleteChannel(input.channelId, clock.instant());
    }
}
