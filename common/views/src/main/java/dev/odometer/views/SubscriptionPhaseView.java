package dev.odometer.views;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A phase of a subscription in API responses.
 *
 * @param activeTo absent if it does not end; not after {@code activeFrom} if the subscription ends before it starts
 * @param items those at the time of the response; of a phase in the past the last, of a later one the first
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
