package dev.odometer.api.notifications;

import dev.odometer.api.list.Page;
import dev.odometer.notification.Channel;
import dev.odometer.notification.Notifications;
import dev.odometer.notification.Notifications.Listing;
import java.util.function.Function;

/** Lists channels page by page, by creation. */
public final class ListNotificationChannels implements Function<ListingDraft, Page<ChannelView>> {

    private final Notifications notifications;

    public ListNotificationChannels(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<ChannelView> apply(ListingDraft draft) {
        Listing listing = draft.toListing();
        Notifications.Page<Channel> page = notifications.channels(listing);
        return new Page<>(
                page.totalCount(),
                listing.page(),
                listing.pageSize(),
                page.items().stream().map(ChannelView::of).toList());
    }
}
