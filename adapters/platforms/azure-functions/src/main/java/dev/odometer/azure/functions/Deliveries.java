package dev.odometer.azure.functions;

import dev.odometer.door.DeliveryDoor;
import dev.odometer.door.DeliveryDoor.DeliverySource;
import dev.odometer.door.Item;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import java.util.function.Supplier;

/**
 * Messages to the functions. The platform has no report for single ones, and some of its triggers move on after a failure:
 * so what has to wait is tried again here, for as long as an invocation may take, and only then the invocation fails.
 */
final class Deliveries {

    private final DeliveryDoor door;
    private final Supplier<Deadline> deadline;

    /** @param deadline of an invocation that begins now, before the host ends it */
    Deliveries(DeliveryDoor door, Supplier<Deadline> deadline) {
        this.door = door;
        this.deadline = deadline;
    }

    /**
     * Does what can be done.
     *
     * @throws DeliverAgain when something is left that has to be delivered again
     * @throws IllegalArgumentException when no binding takes that payload, or several do
     */
    void deliver(Payload payload, String origin, List<Item> items) throws DeliverAgain, InterruptedException {
        var way = new DeliverySource(door.onlyChannel(payload), origin);
        String left = door.persist(way, items, deadline.get());
        if (!left.isEmpty()) {
            throw new DeliverAgain(left);
        }
    }

    /** The invocation has to fail, so that the host delivers again. */
    static final class DeliverAgain extends Exception {

        DeliverAgain(String reason) {
            super(reason, null, false, false);
        }
    }
}
