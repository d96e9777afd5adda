package dev.odometer.door.batch;

import dev.odometer.functions.binding.Binding.Mode;
import dev.odometer.functions.binding.Binding.Ordering;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Processes one batch with a subscription's function. If the binding is ordered, an item with the outcome RETRY blocks
 * the later items of its group.
 */
final class BatchRun {

    /** The maximum number of items per call, so that the deadline is checked between calls. */
    private static final int MAX_ITEMS_PER_CALL = 5000;

    private final Subscription subscription;
    private final List<Item> items;
    private final TimeBudget timeBudget;
    private final Set<String> blockedGroups = new HashSet<>();

    BatchRun(Subscription subscription, List<Item> items, TimeBudget timeBudget) {
        this.subscription = subscription;
        this.items = items;
        this.timeBudget = timeBudget;
    }

    /** The outcomes of the inputs, by the indexes of their items. */
    Map<Integer, Outcome> outcomes(SortedMap<Integer, Object> inputs) {
        var outcomes = new TreeMap<Integer, Outcome>();
        var indexes = new ArrayList<>(inputs.keySet());
        int maxItems = subscription.binding().mode() == Mode.BATCH ? MAX_ITEMS_PER_CALL : 1;
        for (int from = 0; from < indexes.size(); from += maxItems) {
            List<Integer> chunk = indexes.subList(from, Math.min(indexes.size(), from + maxItems));
            process(chunk, inputs, outcomes);
        }
        return outcomes;
    }

    /**
     * Calls the function once with all items. A refusal may concern a single item, so each one is then processed
     * alone;
     * functions are idempotent, so items that were already processed are not affected.
     */
    private void process(List<Integer> indexes, Map<Integer, Object> inputs, Map<Integer, Outcome> outcomes) {
        var ready = new ArrayList<Integer>();
        for (int index : indexes) {
            if (isBlocked(index)) {
                outcomes.put(index, Outcome.retry("an earlier item of its ordering group has to be processed first"));
            } else {
                ready.add(index);
            }
        }
        if (ready.isEmpty()) {
            return;
        }
        Outcome outcome = call(ready.stream().map(inputs::get).toList());
        if (outcome.kind() == Outcome.Kind.POISON && ready.size() > 1) {
            ready.forEach(index -> process(List.of(index), inputs, outcomes));
            return;
        }
        for (int index : ready) {
            outcomes.put(index, outcome);
            if (outcome.kind() == Outcome.Kind.RETRY) {
                block(index);
            }
        }
    }

    private boolean isBlocked(int index) {
        String group = items.get(index).group();
        return group != null && blockedGroups.contains(group);
    }

    private void block(int index) {
        String group = items.get(index).group();
        if (group != null && subscription.binding().ordering() != Ordering.NONE) {
            blockedGroups.add(group);
        }
    }

    private Outcome call(List<Object> inputs) {
        if (!timeBudget.hasTime()) {
            return Outcome.retry("the deadline was reached before it was processed");
        }
        long start = timeBudget.nanoTime();
        Outcome outcome = Outcome.of(
                subscription.call(),
                subscription.input(inputs, timeBudget.deadline()),
                "the channel " + subscription.binding().channel());
        timeBudget.took(Duration.ofNanos(timeBudget.nanoTime() - start));
        return outcome;
    }
}
