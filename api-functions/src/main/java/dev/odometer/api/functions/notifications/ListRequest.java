package dev.odometer.api.functions.notifications;

import dev.odometer.api.functions.input.Bounds;
import dev.odometer.metering.notification.Notifications.Listing;
import dev.odometer.metering.resource.PageRequest;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The channels or rules to list.
 *
 * @param page from 1
 * @param pageSize 1 to 1,000; 100 when absent
 * @param order ASC or DESC
 * @param orderBy createdAt or id, which are equivalent because ids begin with the time
 */
public record ListRequest(
        @Nullable Integer page,
        @Nullable Integer pageSize,
        @Nullable String order,
        @Nullable String orderBy,
        @Nullable Boolean includeDeleted,
        @Nullable Boolean includeDisabled) {

    private static final Map<String, Boolean> ORDERS = Map.of("createdAt", true, "id", true);

    Listing toListing() {
        Bounds.choice("orderBy", Objects.requireNonNullElse(orderBy, "id"), ORDERS);
        return new Listing(
                Boolean.TRUE.equals(includeDeleted),
                Boolean.TRUE.equals(includeDisabled),
                Bounds.isDescending(order),
                PageRequest.of(page, pageSize));
    }
}
