package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Notifications.RuleFilter;
import dev.odometer.metering.resource.Page;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists rules with pagination, by creation. */
public final class ListNotificationRules implements Function<ListNotificationRules.Input, Page<RuleView>> {

    private static final int MAX_VALUES = 100;

    private final Notifications notifications;

    public ListNotificationRules(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * The filters and the page; see {@link ListRequest} for the latter. Absent filters match all.
     *
     * @param feature ids or keys; matches rules that name one of them
     * @param channel ids; matches rules that notify one of them
     */
    public record Input(
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable String order,
            @Nullable String orderBy,
            @Nullable Boolean includeDeleted,
            @Nullable Boolean includeDisabled,
            @Nullable List<@Nullable String> feature,
            @Nullable List<@Nullable String> channel) {}

    @Override
    public Page<RuleView> apply(Input input) {
        var filter = new RuleFilter(
                List.copyOf(Bounds.texts("feature", input.feature, MAX_VALUES)),
                List.copyOf(Bounds.texts("channel", input.channel, MAX_VALUES)));
        var request = new ListRequest(
                input.page, input.pageSize, input.order, input.orderBy, input.includeDeleted, input.includeDisabled);
        return notifications.rules(filter, request.toListing()).map(new RuleViews(notifications)::of);
    }
}
