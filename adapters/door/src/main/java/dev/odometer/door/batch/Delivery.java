package dev.odometer.door.batch;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as its source delivers it, with its items; it may have none.
 *
 * @param name identifies the message in the partial failure report to its source
 * @param group the ordering group, such as a partition; absent if the source is unordered
 */
public record Delivery<N>(N name, @Nullable String group, List<DeliveredItem> items) {

    public Delivery {
        items = List.copyOf(items);
    }

    /** A message with a single item. */
    public static Delivery<Item> of(DeliverySource source, Item item) {
        return new Delivery<>(item, item.group(), List.of(DeliveredItem.of(source, item)));
    }
}
