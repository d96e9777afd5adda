package dev.odometer.door;

import dev.odometer.functions.binding.Deadline;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Processes the batches of every platform: it hands the items to the functions of their channels, stores what can never
 * be handled as dead letters, and says which messages have to be delivered again. A source acknowledges a message only
 * when each of its items is handled or a dead letter.
 */
public final class BatchProcessor {

    private final BatchDoor door;
    private final DeadLetterWriter deadLetters;

    public BatchProcessor(BatchDoor door, DeadLetterWriter deadLetters) {
        this.door = door;
        this.deadLetters = deadLetters;
    }

    /**
     * Processes a batch until the deadline comes near.
     *
     * @throws IllegalArgumentException when no binding has the channel of an item
     */
    public <N> BatchResult<N> process(List<Delivery<N>> deliveries, ReportMode mode, Deadline deadline) {
        BatchResult<N> result = call(deliveries, mode, deadline);
        deadLetters.write(result, deadline);
        return result;
    }

    /**
     * As {@link #process}, but stores no dead letters: for a source that stores them in the transaction in which it
     * acknowledges.
     */
    public <N> BatchResult<N> call(List<Delivery<N>> deliveries, ReportMode mode, Deadline deadline) {
        var outcomes = new IdentityHashMap<DeliveredItem, Outcome>();
        var channels = new LinkedHashMap<String, List<DeliveredItem>>();
        for (Delivery<N> delivery : deliveries) {
            for (DeliveredItem item : delivery.items()) {
                if (item.known() != null) {
                    outcomes.put(item, item.known());
                } else if (item.source() != null) {
                    channels.computeIfAbsent(item.source().channel(), channel -> new ArrayList<>())
                            .add(item);
                }
            }
        }
        channels.forEach((channel, items) -> call(channel, items, outcomes, deadline));
        return new BatchResult<>(deliveries, mode, outcomes);
    }

    private void call(
            String channel,
            List<DeliveredItem> items,
            IdentityHashMap<DeliveredItem, Outcome> outcomes,
            Deadline deadline) {
        List<Outcome> given =
                door.handle(channel, items.stream().map(DeliveredItem::item).toList(), deadline);
        for (int i = 0; i < given.size(); i++) {
            outcomes.put(items.get(i), given.get(i));
        }
    }
}
