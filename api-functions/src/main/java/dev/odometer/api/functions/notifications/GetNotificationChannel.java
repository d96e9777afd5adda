package dev.odometer.api.functions.notifications;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Notifications;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Returns a channel that is not deleted; its secret and headers are masked unless they are asked for. */
public final class GetNotificationChannel implements Function<GetNotificationChannel.Input, ChannelView> {

    private final Notifications notifications;

    public GetNotificationChannel(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * The channel.
     *
     * @param includeSecrets whether the secret and the headers are shown; false when absent
     */
    public record Input(String channelId, @Nullable Boolean includeSecrets) {}

    @Override
    public ChannelView apply(Input input) {
        Channel channel = require(notifications, input.channelId);
        return Boolean.TRUE.equals(input.includeSecrets)
                ? ChannelView.withSecrets(channel)
                : ChannelView.masked(channel);
    }

    static Channel require(Notifications notifications, String id) {
        return notifications.channel(id).orElseThrow(() -> Refusal.notFound("channel not found: " + Refusal.quote(id)));
    }
}
