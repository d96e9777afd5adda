package dev.odometer.api.functions.notifications;

import dev.odometer.functions.route.Required;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Notifications;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Replaces a channel's fields; absent fields are cleared, except for the secret. Masked values stay as they are. */
public final class UpdateNotificationChannel implements Function<UpdateNotificationChannel.Input, ChannelView> {

    private final Notifications notifications;
    private final Clock clock;

    public UpdateNotificationChannel(Notifications notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    /** The channel and its new fields; see {@link ChannelDraft}. */
    public record Input(
            String channelId,
            @Required @Nullable String type,
            @Required @Nullable String name,
            @Nullable Boolean disabled,
            @Nullable String url,
            @Nullable Map<String, String> customHeaders,
            @Nullable String signingSecret,
            @Nullable List<@Nullable String> to,
            @Nullable Map<String, String> metadata) {

        ChannelDraft draft() {
            return new ChannelDraft(type, name, disabled, url, customHeaders, signingSecret, to, metadata);
        }
    }

    @Override
    public ChannelView apply(Input input) {
        Channel before = GetNotificationChannel.require(notifications, input.channelId);
        Channel after = input.draft().toChannel(before, clock.instant());
        notifications.put(after);
        return ChannelView.updated(before, after);
    }
}
