package dev.odometer.views;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A phase of a subscription in API responses.
 *
 * @param activeTo absent if it does not end; not after {@code activeFrom} if the subscription ends before it starts
 * @param items those that are active at the requested time; the last ones of a past phase, the first ones of a later
 *     one
 * @param itemTimelines all versions of the items by key, in the order of time
 */
public record SubscriptionPhaseView(
        String id,
        String key,
        String name,
        @Nullable String description,
        @Nullable Map<String, String> metadata,
        Instant activeFrom,
        @Nullable Instant activeTo,
        List<SubscriptionItemView> items,
        Map<String, List<SubscriptionItemView>> itemTimelines) {}
