package dev.odometer.api.notifications;

import dev.odometer.notification.Notifications;
import dev.odometer.resource.Page;
import java.util.function.Function;

/** Lists rules page by page, by creation. */
public final class ListNotificationRules implements Function<ListingDraft, Page<RuleView>> {

    private final Notifications notifications;

    public ListNotificationRules(Notifications notifications) {
        this.notifications = notifications;
    }

    @Override
    public Page<RuleView> apply(ListingDraft draft) {
        return notifications.rules(draft.toListing()).map(new RuleViews(notifications)::of);
    }
}
