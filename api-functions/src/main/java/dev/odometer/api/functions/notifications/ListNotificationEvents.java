package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Notifications.Search;
import dev.odometer.metering.resource.Page;
import dev.odometer.metering.resource.PageRequest;
import dev.odometer.metering.usage.Range;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists notification events with pagination, latest first by default. */
public final class ListNotificationEvents
        implements Function<ListNotificationEvents.Input, Page<NotificationEventView>> {

    private static final int MAX_VALUES = 100;
    private static final Map<String, Boolean> ORDERS = Map.of("createdAt", true, "id", true);

    private final Notifications notifications;

    public ListNotificationEvents(Notifications notifications) {
        this.notifications = notifications;
    }

    /**
     * The filters and the page; absent lists match all.
     *
     * @param from with {@code to}, the range of creation times, {@code from <= t < to}
     * @param feature ids or keys
     * @param order ASC or DESC
     * @param orderBy createdAt or id
     */
    public record Input(
            @Nullable Integer page,
            @Nullable Integer pageSize,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable List<@Nullable String> feature,
            @Nullable List<@Nullable String> subject,
            @Nullable List<@Nullable String> rule,
            @Nullable List<@Nullable String> channel,
            @Nullable String order,
            @Nullable String orderBy) {}

    @Override
    public Page<NotificationEventView> apply(Input input) {
        Bounds.choice("orderBy", Objects.requireNonNullElse(input.orderBy, "createdAt"), ORDERS);
        var range = new Range(input.from, input.to);
        var search = new Search(
                range.from(),
                range.to(),
                List.copyOf(Bounds.texts("feature", input.feature, MAX_VALUES)),
                List.copyOf(Bounds.texts("subject", input.subject, MAX_VALUES)),
                List.copyOf(Bounds.texts("rule", input.rule, MAX_VALUES)),
                List.copyOf(Bounds.texts("channel", input.channel, MAX_VALUES)),
                Bounds.isDescending(Objects.requireNonNullElse(input.order, "DESC")),
                PageRequest.of(input.page, input.pageSize));
        return notifications.list(search).map(NotificationEventView::of);
    }
}
