package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.resource.Page;
import java.util.function.Function;

/** Lists channels with pagination, by creation. */
public final class ListNotificationChannels implements Function<ListRequest, Page<ChannelView>> {

    private final Notifications notifications;

    public ListNotificationChannels(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<ChannelView> apply(ListRequest request) {
        return notifications.channels(request.toListing()).map(ChannelView::masked);
    }
}
