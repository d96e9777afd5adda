package dev.odometer.api.functions.notifications;

import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.resource.Page;
import java.util.function.Function;

/** Lists rules with pagination, by creation. */
public final class ListNotificationRules implements Function<ListRequest, Page<RuleView>> {

    private final Notifications notifications;

    public ListNotificationRules(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<RuleView> apply(ListRequest request) {
        return notifications.rules(request.toListing()).map(new RuleViews(notifications)::of);
    }
}
