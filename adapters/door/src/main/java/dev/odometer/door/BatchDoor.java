package dev.odometer.door;

import dev.odometer.door.function.Functions;
import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.binding.Deadline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Hands batches of messages to the functions that the bindings name. Every item gets an outcome, in the order of the
 * items; no exception leaves but for a channel that no binding has.
 */
public final class BatchDoor {

    private final Map<String, Subscription> channels = new HashMap<>();

    /**
     * Joins the tables; bindings whose functions are not active are left out.
     *
     * @throws IllegalStateException when a binding names an unknown function or does not fit it, or two have a channel
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
            throw new IllegalStateException("Two bindings have the channel " + binding.channel());
        }
    }

    /** The bindings that are served here, for whoever connects channels with topics and queues. */
    public List<Binding> bindings() {
        return channels.values().stream().map(Subscription::binding).toList();
    }

    /** The channels that take one of the payloads. */
    List<String> channels(Payload... payloads) {
        return bindings().stream()
                .filter(binding -> List.of(payloads).contains(binding.payload()))
                .map(Binding::channel)
                .toList();
    }

    /**
     * The channel of a deployment that has but one for the payload.
     *
     * @throws IllegalArgumentException when it has none, or several
     */
    public String onlyChannel(Payload payload) {
        List<String> only = channels(payload);
        if (only.isEmpty()) {
            throw new IllegalArgumentException("No active binding takes " + payload);
        }
        if (only.size() > 1) {
            throw new IllegalArgumentException("Of " + only + " it does not say which takes " + payload);
        }
        return only.get(0);
    }

    /** Reads an item for every binding, so that the first real one finds its way prepared; no function is called. */
    public void prime() {
        channels.values().forEach(Subscription::prime);
    }

    /**
     * Handles items until the deadline comes near; those there was no time for are to be delivered again.
     *
     * @throws IllegalArgumentException when no binding has the channel
     */
    public List<Outcome> handle(String channel, List<Item> items, Deadline deadline) {
        Subscription subscription = channels.get(channel);
        if (subscription == null) {
            throw new IllegalArgumentException("No binding has the channel " + channel);
        }
        return subscription.handle(items, new TimeBudget(deadline));
    }
}
