package dev.odometer.api.functions.notifications;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.notification.Notifications;
import java.util.function.Function;

/** Returns a notification event and the status of its deliveries. */
public final class GetNotificationEvent implements Function<GetNotificationEvent.Input, NotificationEventView> {

    private final Notifications notifications;

    public GetNotificationEvent(Notifications notifications) {
        this.notifications = notifications;
    }

    /** The event. */
    public record Input(String eventId) {}

    @Override
    public NotificationEventView apply(Input input) {
        return view(notifications, input.eventId);
    }

    static NotificationEventView view(Notifications notifications, String id) {
        return notifications
                .find(id)
                .map(NotificationEventView::of)
                .orElseThrow(() -> Refusal.notFound("event not found: " + Refusal.quote(id)));
    }
}
