package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.resource.Page;
import java.util.function.Function;

/** Lists rules page by page, by creation. */
public final class ListNotificationRules implements Function<ListRequest, Page<RuleView>> {

    private final Notifications notifications;

    public ListNotificationRules(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<RuleView> apply(ListRequest draft) {
        return notifications.rules(draft.toListing()).map(new RuleViews(notifications)::of);
    }
}
