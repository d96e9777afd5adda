package dev.odometer.door;

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
 * One batch on its way through a subscription's function. Where order counts, an item that has to wait makes those of
 * its group behind it wait too.
 */
final class BatchRun {

    /** What a function is given at a time at most, so that the deadline is looked at in between. */
    private static final int MAX_TOGETHER = 5000;

    private final Subscription subscription;
    private final List<Item> items;
    private final TimeBudget timeBudget;
    private final Set<String> waiting = new HashSet<>();

    BatchRun(Subscription subscription, List<Item> items, TimeBudget timeBudget) {
        this.subscription = subscription;
        this.items = items;
        this.timeBudget = timeBudget;
    }

    /** An outcome for each of the inputs, by the places of their items. */
    Map<Integer, Outcome> outcomes(SortedMap<Integer, Object> inputs) {
        var outcomes = new TreeMap<Integer, Outcome>();
        var places = new ArrayList<>(inputs.keySet());
        int most = subscription.binding().mode() == Mode.BATCH ? MAX_TOGETHER : 1;
        for (int from = 0; from < places.size(); from += most) {
            List<Integer> part = places.subList(from, Math.min(places.size(), from + most));
            together(part, inputs, outcomes);
        }
        return outcomes;
    }

    /** All at once; a refusal means one of them, so then one by one, which is harmless to what was done already. */
    private void together(List<Integer> places, Map<Integer, Object> inputs, Map<Integer, Outcome> outcomes) {
        var ready = new ArrayList<Integer>();
        for (int place : places) {
            if (isWaiting(place)) {
                outcomes.put(place, Outcome.retry("an item before it has to be handled first"));
            } else {
                ready.add(place);
            }
        }
        if (ready.isEmpty()) {
            return;
        }
        Outcome outcome = call(ready.stream().map(inputs::get).toList());
        if (outcome.kind() == Outcome.Kind.POISON && ready.size() > 1) {
            ready.forEach(place -> together(List.of(place), inputs, outcomes));
            return;
        }
        for (int place : ready) {
            outcomes.put(place, outcome);
            if (outcome.kind() == Outcome.Kind.RETRY) {
                holdUp(place);
            }
        }
    }

    private boolean isWaiting(int place) {
        String group = items.get(place).group();
        return group != null && waiting.contains(group);
    }

    private void holdUp(int place) {
        String group = items.get(place).group();
        if (group != null && subscription.binding().ordering() != Ordering.NONE) {
            waiting.add(group);
        }
    }

    private Outcome call(List<Object> inputs) {
        if (!timeBudget.hasTime()) {
            return Outcome.retry("there was no time left for it");
        }
        long start = System.nanoTime();
        Outcome outcome = Outcome.of(
                subscription.call(),
                subscription.input(inputs, timeBudget.deadline()),
                "the channel " + subscription.binding().channel());
        timeBudget.took(Duration.ofNanos(System.nanoTime() - start));
        return outcome;
    }
}
