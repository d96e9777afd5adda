package dev.odometer.api.functions.notifications;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Notifications;
import java.util.function.Function;

/** Shows what a rule has noticed, and how far it is with each channel. */
public final class GetNotificationEvent implements Function<GetNotificationEvent.Input, NotificationEventView> {

    private final Notifications notifications;

    public GetNotificationEvent(Notifications notifications) {
        this.notifications = notifications;
    }

    /** Which event. */
    public record Input(String eventId) {}

    @Override
    public NotificationEventView apply(Input input) {
        return shown(notifications, input.eventId);
    }

    static NotificationEventView shown(Notifications notifications, String id) {
        return notifications
                .find(id)
                .map(NotificationEventView::of)
                .orElseThrow(() -> Refusal.notFound("event not found: " + Refusal.quote(id)));
    }
}
