package dev.odometer.azure;

import dev.odometer.binding.Binding.Payload;
import dev.odometer.binding.Deadline;
import dev.odometer.door.DeliveryDoor;
import dev.odometer.door.DeliveryDoor.Way;
import dev.odometer.door.Item;
import java.time.Duration;
import java.util.List;

/**
 * Messages to the functions. The platform has no report for single ones, and some of its triggers move on after a failure:
 * so what has to wait is tried again here, for as long as an invocation may take, and only then the invocation fails.
 */
final class Deliveries {

    private final DeliveryDoor door;
    private final Duration timeout;

    /** @param timeout how long an invocation may take, less than what the host allows it */
    Deliveries(DeliveryDoor door, Duration timeout) {
        this.door = door;
        this.timeout = timeout;
    }

    /** @throws DeliverAgain when something is left that has to be delivered again */
    void deliver(Payload payload, String origin, List<Item> items) throws DeliverAgain, InterruptedException {
        var way = new Way(door.onlyChannel(payload), origin);
        String left = door.persist(way, items, Deadline.in(timeout));
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
