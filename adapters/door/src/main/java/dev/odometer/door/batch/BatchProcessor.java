package dev.odometer.door.batch;

import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.door.invocation.InvocationMeter.Invocation;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.invocation.InvocationTotals;
import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Processes the batches of every platform: passes the items to the functions of their channels, stores poison items as
 * dead letters, and determines which messages have to be redelivered. A message is acknowledged only when each of its
 * items was processed or stored as a dead letter.
 */
public final class BatchProcessor {

    private final BatchDoor door;
    private final DeadLetterWriter deadLetters;
    private final InvocationMeter meter;

    public BatchProcessor(BatchDoor door, DeadLetterWriter deadLetters, InvocationMeter meter) {
        this.door = door;
        this.deadLetters = deadLetters;
        this.meter = meter;
    }

    /**
     * Processes a batch until shortly before the deadline; the remaining items have to be redelivered.
     *
     * @throws IllegalArgumentException when no binding has the channel of an item
     */
    public <N> BatchResult<N> process(List<Delivery<N>> deliveries, ReportMode mode, Deadline deadline) {
        return metered(deliveries, () -> {
            BatchResult<N> result = results(deliveries, mode, deadline);
            deadLetters.write(result, deadline);
            return result;
        });
    }

    /**
     * Like {@link #process}, but stores no dead letters. For a source that stores them in the same transaction as its
     * acknowledgement.
     */
    public <N> BatchResult<N> processWithoutDeadLetters(
            List<Delivery<N>> deliveries, ReportMode mode, Deadline deadline) {
        return metered(deliveries, () -> results(deliveries, mode, deadline));
    }

    /** Counts one invocation, of the function of the first channel. */
    private <N> BatchResult<N> metered(List<Delivery<N>> deliveries, Supplier<BatchResult<N>> processing) {
        if (!meter.isOn()) {
            return processing.get();
        }
        long start = System.nanoTime();
        try {
            return processing.get();
        } finally {
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            List<DeliveredItem> items = deliveries.stream()
                    .flatMap(delivery -> delivery.items().stream())
                    .toList();
            long bytes =
                    items.stream().mapToLong(item -> item.item().body().length).sum();
            meter.finished(new Invocation(function(items), Trigger.MESSAGES, items.size(), bytes, 0, took));
        }
    }

    private String function(List<DeliveredItem> items) {
        return items.stream()
                .map(DeliveredItem::source)
                .filter(Objects::nonNull)
                .flatMap(source -> door.bindings().stream()
                        .filter(binding -> binding.channel().equals(source.channel())))
                .map(Binding::function)
                .findFirst()
                .orElse(InvocationTotals.NO_FUNCTION);
    }

    private <N> BatchResult<N> results(List<Delivery<N>> deliveries, ReportMode mode, Deadline deadline) {
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
