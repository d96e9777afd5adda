package dev.odometer.conformance.simulation;

import dev.odometer.door.batch.BatchResult;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A queue without order. It delivers a message until it learns that the message is acknowledged. */
final class Broker {

    private static final DeliverySource SOURCE = new DeliverySource("usage", "queue");
    private static final int MAX_BATCH = 4;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(20);

    private final World world;
    private final Store store;
    private final Supplier<Node> anyNode;
    private final List<Item> messages = new ArrayList<>();
    private final Set<String> inFlight = new HashSet<>();

    Broker(World world, Store store, Supplier<Node> anyNode) {
        this.world = world;
        this.store = store;
        this.anyNode = anyNode;
        world.after(Duration.ofSeconds(1), this::poll);
    }

    /** @param body an event, or anything that is poison */
    void send(String id, String body) {
        messages.add(Item.json(id, null, body.getBytes(StandardCharsets.UTF_8)));
    }

    boolean isDone() {
        return messages.isEmpty();
    }

    private void poll() {
        world.after(world.millis(500, (int) MAX_PAUSE.toMillis()), this::poll);
        var ready = new ArrayList<>(messages);
        // A lease that has expired: the message is delivered a second time while the first delivery is in progress.
        ready.removeIf(message -> inFlight.contains(message.id()) && !world.happens(Fault.DUPLICATE));
        Collections.shuffle(ready, world.random);
        List<Item> batch = List.copyOf(ready.subList(0, Math.min(ready.size(), MAX_BATCH)));
        if (!batch.isEmpty()) {
            batch.forEach(message -> inFlight.add(message.id()));
            deliver(batch);
            batch.forEach(message -> inFlight.remove(message.id()));
        }
    }

    private void deliver(List<Item> batch) {
        List<Delivery<Item>> deliveries =
                batch.stream().map(item -> Delivery.of(SOURCE, item)).toList();
        BatchResult<Item> result = anyNode.get().run(() -> Node.current().process(deliveries));
        if (result == null) {
            return;
        }
        var acknowledged = new ArrayList<>(batch);
        acknowledged.removeAll(
                result.redeliveries().stream().map(Delivery::name).toList());
        for (Item item : acknowledged) {
            world.require(
                    store.isCounted(item.id()) || isParked(item.id()),
                    "an acknowledged message is neither counted nor a dead letter: " + item);
            if (!world.happens(Fault.LOST_PACKET)) {
                messages.remove(item);
            }
        }
    }

    private boolean isParked(String id) {
        return store.deadLetters.list(SOURCE.channel(), 0, Integer.MAX_VALUE).stream()
                .anyMatch(stored -> stored.item().id().equals(id));
    }
}
