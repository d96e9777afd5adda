package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.list.Page;
import dev.odometer.metering.notification.Channel;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Notifications.Listing;
import java.util.function.Function;

/** Lists channels page by page, by creation. */
public final class ListNotificationChannels implements Function<ListRequest, Page<ChannelView>> {

    private final Notifications notifications;

    public ListNotificationChannels(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<ChannelView> apply(ListRequest draft) {
        Listing listing = draft.toListing();
        Notifications.Page<Channel> page = notifications.channels(listing);
        return new Page<>(
                page.totalCount(),
                listing.page(),
                listing.pageSize(),
                page.items().stream().map(ChannelView::of).toList());
    }
}
