package dev.odometer.api.notifications;

import dev.odometer.notification.Notifications;
import dev.odometer.resource.Page;
import java.util.function.Function;

/** Lists channels page by page, by creation. */
public final class ListNotificationChannels implements Function<ListingDraft, Page<ChannelView>> {

    private final Notifications notifications;

    public ListNotificationChannels(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<ChannelView> apply(ListingDraft draft) {
        return notifications.channels(draft.toListing()).map(ChannelView::of);
    }
}
