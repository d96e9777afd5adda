package dev.odometer.door.batch;

import dev.odometer.functions.binding.Deadline;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;

/**
 * Processes the batches of every platform: passes the items to the functions of their channels, stores poison items as
 * dead letters, and determines which messages have to be redelivered. A message is acknowledged only when each of its
 * items was processed or stored as a dead letter.
 */
public final class BatchProcessor {

    private final BatchDoor door;
    private final DeadLetterWriter deadLetters;

    public BatchProcessor(BatchDoor door, DeadLetterWriter deadLetters) {
        this.door = door;
        this.deadLetters = deadLetters;
    }

    /**
     * Processes a batch until shortly before the deadline; the remaining items have to be redelivered.
     *
     * @throws IllegalArgumentException when no binding has the channel of an item
     */
    public <N> BatchResult<N> process(List<Delivery<N>> deliveries, ReportMode mode, Deadline deadline) {
        BatchResult<N> result = processWithoutDeadLetters(deliveries, mode, deadline);
        deadLetters.write(result, deadline);
        return result;
    }

    /**
     * Like {@link #process}, but stores no dead letters. For a source that stores them in the same transaction as its
     * acknowledgement.
     */
    public <N> BatchResult<N> processWithoutDeadLetters(
            List<Delivery<N>> deliveries, ReportMode mode, Deadline deadline) {
        var outcomes = new IdentityHashMap<DeliveredItem, Outcome>();
        var channels = new LinkedHashMap<String, List<DeliveredItem>>();
        for (Delivery<N> delivery : deliveries) {
            for (DeliveredItem item : delivery.items()) {
                if (item.knownOutcome() != null) {
                    outcomes.put(item, item.knownOutcome());
                } else if (item.source() != null) {
                    channels.computeIfAbsent(item.source().channel(), channel -> new ArrayList<>())
                            .add(item);
                }
            }
        }
        channels.forEach((channel, items) -> processChannel(channel, items, outcomes, deadline));
        return new BatchResult<>(deliveries, mode, outcomes);
    }

    private void processChannel(
            String channel,
            List<DeliveredItem> items,
            IdentityHashMap<DeliveredItem, Outcome> outcomes,
            Deadline deadline) {
        List<Outcome> results =
                door.handle(channel, items.stream().map(DeliveredItem::item).toList(), deadline);
        for (int i = 0; i < results.size(); i++) {
            outcomes.put(items.get(i), results.get(i));
        }
    }
}
