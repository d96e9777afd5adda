package dev.odometer.door.batch;

import dev.odometer.door.function.Functions;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.StartRefusal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Passes batches of messages to the functions of the bindings. Every item gets an outcome, in the order of the items.
 * The only exception that it throws is the one for an unknown channel.
 */
public final class BatchDoor {

    private final Map<String, Subscription> channels = new HashMap<>();

    /**
     * Merges the tables; bindings of inactive functions are omitted.
     *
     * @throws IllegalStateException when a binding names an unknown or unsuitable function, or two have the same
     *     channel
     */
    public BatchDoor(Functions functions, List<Bindings> tables, Json json) {
        tables.stream()
                .flatMap(table -> table.rows().stream())
                .filter(binding -> functions.isActive(binding.function()))
                .forEach(binding -> add(binding, functions, json));
    }

    private void add(Binding binding, Functions functions, Json json) {
        var subscription = Subscription.of(binding, functions.find(binding.function()), json);
        if (channels.put(binding.channel(), subscription) != null) {
            throw new StartRefusal(
                    "Two bindings have the same channel: " + binding.channel(), "Name another channel in one of them.");
        }
    }

    /** The active bindings. Adapters connect their channels with topics and queues. */
    public List<Binding> bindings() {
        return channels.values().stream().map(Subscription::binding).toList();
    }

    /** The channels whose items arrive like the payload. */
    public List<String> channels(Payload payload) {
        return bindings().stream()
                .filter(binding -> binding.payload().arrivesLike(payload))
                .map(Binding::channel)
                .toList();
    }

    /**
     * The channel of a deployment that has exactly one whose items arrive like the payload.
     *
     * @throws IllegalArgumentException when it has none, or several
     */
    public String onlyChannel(Payload payload) {
        List<String> only = channels(payload);
        if (only.isEmpty()) {
            throw new IllegalArgumentException("No active binding takes " + payload);
        }
        if (only.size() > 1) {
            throw new IllegalArgumentException("Several active bindings take " + payload + ": " + only);
        }
        return only.get(0);
    }

    /** Warm-up: decodes a sample item for every binding, without calling a function. */
    public void warmUp() {
        channels.values().forEach(Subscription::warmUp);
    }

    /**
     * Processes items until shortly before the deadline; the outcome of the remaining ones is RETRY.
     *
     * @throws IllegalArgumentException when no binding has the channel
     */
    public List<Outcome> handle(String channel, List<Item> items, Deadline deadline) {
        Subscription subscription = channels.get(channel);
        if (subscription == null) {
            throw new IllegalArgumentException("No active binding has the channel " + channel);
        }
        return subscription.handle(items, new TimeBudget(deadline));
    }
}
