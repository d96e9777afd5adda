package dev.odometer.door.batch;

import dev.odometer.door.batch.Outcome.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The outcomes of a batch, and the messages to redeliver: those with a RETRY item and, in ordered sources, all later
 * messages of the same group. All other messages may be acknowledged.
 */
public final class BatchResult<N> {

    private final List<Delivery<N>> deliveries;
    private final ReportMode mode;
    /** By identity, because a batch may contain equal items. */
    private final IdentityHashMap<DeliveredItem, Outcome> outcomes;

    BatchResult(List<Delivery<N>> deliveries, ReportMode mode, IdentityHashMap<DeliveredItem, Outcome> outcomes) {
        this.deliveries = List.copyOf(deliveries);
        this.mode = mode;
        this.outcomes = outcomes;
    }

    /** The whole batch, in delivery order. */
    List<Delivery<N>> deliveries() {
        return deliveries;
    }

    /** The messages to redeliver, in order. */
    public List<Delivery<N>> redeliveries() {
        Set<String> blockedGroups = new HashSet<>();
        var redelivered = new ArrayList<Delivery<N>>();
        for (Delivery<N> delivery : deliveries) {
            boolean isBlocked = delivery.group() != null && blockedGroups.contains(delivery.group());
            if (isBlocked || delivery.items().stream().anyMatch(item -> is(item, Kind.RETRY))) {
                redelivered.add(delivery);
                if (delivery.group() != null) {
                    blockedGroups.add(delivery.group());
                }
            }
        }
        return mode == ReportMode.ALL_OR_NOTHING && !redelivered.isEmpty() ? deliveries : redelivered;
    }

    /**
     * The messages to redeliver that have an item that was neither processed nor stored as a dead letter. The other
     * messages to redeliver only follow one of these in their group.
     */
    public List<Delivery<N>> unfinished() {
        return redeliveries().stream()
                .filter(delivery -> delivery.items().stream().anyMatch(item -> !is(item, Kind.OK)))
                .toList();
    }

    /** The names of the messages to report to a source that supports partial failures. */
    public List<N> failures() {
        Set<String> groups = new HashSet<>();
        return redeliveries().stream()
                .filter(delivery ->
                        mode != ReportMode.FIRST_FAILURE || delivery.group() == null || groups.add(delivery.group()))
                .map(Delivery::name)
                .toList();
    }

    /** The poison items of acknowledged messages. They have to be stored before the acknowledgement. */
    public List<DeliveredItem> deadLetters() {
        Set<Delivery<N>> redelivered = Collections.newSetFromMap(new IdentityHashMap<>());
        redelivered.addAll(redeliveries());
        return deliveries.stream()
                .filter(delivery -> !redelivered.contains(delivery))
                .flatMap(delivery -> delivery.items().stream())
                .filter(item -> is(item, Kind.POISON))
                .toList();
    }

    /** The first RETRY item; empty when the batch is complete. */
    public Optional<DeliveredItem> firstFailure() {
        return deliveries.stream()
                .flatMap(delivery -> delivery.items().stream())
                .filter(item -> is(item, Kind.RETRY))
                .findFirst();
    }

    private boolean is(DeliveredItem item, Kind kind) {
        return outcome(item).kind() == kind;
    }

    /** The outcome of an item of the batch; POISON for an item that was stored as a dead letter. */
    public Outcome outcome(DeliveredItem item) {
        return Objects.requireNonNull(outcomes.get(item));
    }

    /** Changes the outcome of items that could not be stored as dead letters to RETRY. */
    void postpone(List<DeliveredItem> items, String reason) {
        items.forEach(item -> outcomes.put(item, Outcome.retry(reason)));
    }
}
