package dev.odometer.metering.subscription;

import dev.odometer.metering.pricing.Label;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A phase of a subscription. It ends when the next one starts.
 *
 * @param id a ULID
 * @param label its key is unique in the subscription
 * @param startAfter from the start of the subscription
 * @param items versions of one key in the order of time
 */
public record SubscriptionPhase(String id, Label label, Offset startAfter, List<SubscriptionItem> items) {

    public SubscriptionPhase {
        items = List.copyOf(items);
    }

    public String key() {
        return label.key();
    }

    SubscriptionPhase moved(Offset by) {
        return new SubscriptionPhase(id, label, startAfter.plus(by), items);
    }

    SubscriptionPhase with(List<SubscriptionItem> others) {
        return new SubscriptionPhase(id, label, startAfter, others);
    }

    /** The latest version of an item. */
    Optional<SubscriptionItem> last(String key) {
        return items.stream().filter(item -> item.key().equals(key)).reduce((first, second) -> second);
    }

    SubscriptionPhase plus(SubscriptionItem item) {
        var more = new ArrayList<>(items);
        more.add(item);
        return with(more);
    }

    SubscriptionPhase without(SubscriptionItem removed) {
        return with(items.stream().filter(item -> !item.equals(removed)).toList());
    }
}
