package dev.odometer.api.notifications;

import dev.odometer.notification.Channel;
import dev.odometer.notification.Notifications;
import dev.odometer.notification.Notifications.Listing;
import dev.odometer.notification.Notifications.Page;
import java.util.function.Function;

/** Lists channels page by page, by creation. */
public final class ListNotificationChannels implements Function<ListingDraft, Listed<ChannelView>> {

    private final Notifications notifications;

    public ListNotificationChannels(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Listed<ChannelView> apply(ListingDraft draft) {
        Listing listing = draft.toListing();
        Page<Channel> page = notifications.channels(listing);
        return new Listed<>(
                page.totalCount(),
                listing.page(),
                listing.pageSize(),
                page.items().stream().map(ChannelView::of).toList());
    }
}
