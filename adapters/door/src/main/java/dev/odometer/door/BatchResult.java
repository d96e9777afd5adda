package dev.odometer.door;

import dev.odometer.door.Outcome.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The outcomes of a batch, and which of its messages have to be delivered again: those with an item that has to wait and,
 * where the source keeps order, those behind them in their group. All other messages may be acknowledged.
 */
public final class BatchResult<N> {

    private final List<Delivery<N>> deliveries;
    private final ReportMode mode;
    /** By identity: a batch may hold the same item twice. */
    private final IdentityHashMap<DeliveredItem, Outcome> outcomes;

    BatchResult(List<Delivery<N>> deliveries, ReportMode mode, IdentityHashMap<DeliveredItem, Outcome> outcomes) {
        this.deliveries = List.copyOf(deliveries);
        this.mode = mode;
        this.outcomes = outcomes;
    }

    /** The whole batch, in the order of its delivery. */
    List<Delivery<N>> deliveries() {
        return deliveries;
    }

    /** The messages to be delivered again, in order. */
    public List<Delivery<N>> redeliveries() {
        Set<String> stopped = new HashSet<>();
        var waiting = new ArrayList<Delivery<N>>();
        for (Delivery<N> delivery : deliveries) {
            boolean behind = delivery.group() != null && stopped.contains(delivery.group());
            if (behind || delivery.items().stream().anyMatch(item -> is(item, Kind.RETRY))) {
                waiting.add(delivery);
                if (delivery.group() != null) {
                    stopped.add(delivery.group());
                }
            }
        }
        return mode == ReportMode.ALL_OR_NOTHING && !waiting.isEmpty() ? deliveries : waiting;
    }

    /**
     * Of the messages to be delivered again those with an item that is neither handled nor a dead letter. The others only
     * stand behind one of these in their group.
     */
    public List<Delivery<N>> unfinished() {
        return redeliveries().stream()
                .filter(delivery -> delivery.items().stream().anyMatch(item -> !is(item, Kind.OK)))
                .toList();
    }

    /** The names to report to a source that reads reports. */
    public List<N> failures() {
        Set<String> groups = new HashSet<>();
        return redeliveries().stream()
                .filter(delivery ->
                        mode != ReportMode.FIRST_FAILURE || delivery.group() == null || groups.add(delivery.group()))
                .map(Delivery::name)
                .toList();
    }

    /** The items that can never be handled and whose messages are acknowledged: each has to be a dead letter first. */
    public List<DeliveredItem> deadLetters() {
        Set<Delivery<N>> waiting = Collections.newSetFromMap(new IdentityHashMap<>());
        waiting.addAll(redeliveries());
        return deliveries.stream()
                .filter(delivery -> !waiting.contains(delivery))
                .flatMap(delivery -> delivery.items().stream())
                .filter(item -> is(item, Kind.POISON))
                .toList();
    }

    /** The first item that has to wait; empty when the batch is complete. */
    public Optional<DeliveredItem> firstFailure() {
        return deliveries.stream()
                .flatMap(delivery -> delivery.items().stream())
                .filter(item -> is(item, Kind.RETRY))
                .findFirst();
    }

    private boolean is(DeliveredItem item, Kind kind) {
        return outcome(item).kind() == kind;
    }

    /** The outcome of an item of the batch; POISON of one that became a dead letter. */
    public Outcome outcome(DeliveredItem item) {
        return Objects.requireNonNull(outcomes.get(item));
    }

    /** The items could not be stored as dead letters. */
    void postpone(List<DeliveredItem> items, String reason) {
        items.forEach(item -> outcomes.put(item, Outcome.retry(reason)));
    }
}
