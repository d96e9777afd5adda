package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.notification.Notifications;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Has a notification delivered again, under the same id. */
public final class ResendNotificationEvent implements Function<ResendNotificationEvent.Input, NotificationEventView> {

    private static final int MAX_CHANNELS = 100;

    private final Notifications notifications;
    private final Clock clock;

    public ResendNotificationEvent(Notifications notifications, Clock clock) {
        this.notifications = notifications;
        this.clock = clock;
    }

    /**
     * The event.
     *
     * @param channels ids; the channels of the first delivery when absent or empty
     */
    public record Input(String eventId, @Nullable List<@Nullable String> channels) {}

    @Override
    public NotificationEventView apply(Input input) {
        List<String> channels = List.copyOf(Bounds.texts("channels", input.channels, MAX_CHANNELS));
        notifications.resend(input.eventId, channels, clock.instant());
        return GetNotificationEvent.view(notifications, input.eventId);
    }
}
