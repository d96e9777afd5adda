package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Notifications;
import java.time.Clock;
import java.util.function.Function;
import java.util.function.Supplier;

/** Creates a notification channel. The response is the only one that shows its secret without a request for it. */
public final class CreateNotificationChannel implements Function<ChannelDraft, ChannelView> {

    private final Notifications notifications;
    private final Supplier<String> ids;
    private final Clock clock;

    public CreateNotificationChannel(Notifications notifications, Supplier<String> ids, Clock clock) {
        this.notifications = notifications;
        this.ids = ids;
        this.clock = clock;
    }

    @Override
    public ChannelView apply(ChannelDraft draft) {
        Channel channel = draft.toChannel(ids.get(), clock.instant());
        notifications.put(channel);
        return ChannelView.withSecrets(channel);
    }
}
