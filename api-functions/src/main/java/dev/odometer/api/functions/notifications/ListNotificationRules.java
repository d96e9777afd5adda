package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.list.Page;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Notifications.Listing;
import dev.odometer.metering.notification.Rule;
import java.util.function.Function;

/** Lists rules page by page, by creation. */
public final class ListNotificationRules implements Function<ListRequest, Page<RuleView>> {

    private final Notifications notifications;

    public ListNotificationRules(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<RuleView> apply(ListRequest draft) {
        Listing listing = draft.toListing();
        Notifications.Page<Rule> page = notifications.rules(listing);
        var views = new RuleViews(notifications);
        return new Page<>(
                page.totalCount(),
                listing.page(),
                listing.pageSize(),
                page.items().stream().map(views::of).toList());
    }
}
