package dev.odometer.api.functions.notifications;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Notifications;
import java.util.function.Function;

/** Returns a channel that is not deleted. */
public final class GetNotificationChannel implements Function<GetNotificationChannel.Input, ChannelView> {

    private final Notifications notifications;

    public GetNotificationChannel(Notifications notifications) {
        this.notifications = notifications;
    }

    /** The channel. */
    public record Input(String channelId) {}

    @Override
    public ChannelView apply(Input input) {
        return ChannelView.of(require(notifications, input.channelId));
    }

    static Channel require(Notifications notifications, String id) {
        return notifications.channel(id).orElseThrow(() -> Refusal.notFound("channel not found: " + Refusal.quote(id)));
    }
}
