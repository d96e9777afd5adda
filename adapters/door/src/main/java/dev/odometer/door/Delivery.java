package dev.odometer.door;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as its source delivers it, and the items in it, which may be none.
 *
 * @param name identifies the message in the report to its source
 * @param group whose messages the source delivers in order, such as a partition; absent where it keeps no order
 */
public record Delivery<N>(N name, @Nullable String group, List<DeliveredItem> items) {

    public Delivery {
        items = List.copyOf(items);
    }

    /** A message that is one item. */
    public static Delivery<Item> of(DeliverySource source, Item item) {
        return new Delivery<>(item, item.group(), List.of(DeliveredItem.of(source, item)));
    }
}
