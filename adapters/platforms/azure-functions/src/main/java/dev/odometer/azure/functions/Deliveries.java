package dev.odometer.azure.functions;

import dev.odometer.door.batch.BatchDoor;
import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.BatchResult;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.RedeliveryException;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Passes messages to their function and retries them. Azure Functions cannot report the failure of single messages, and
 * some of its triggers move on after a failed invocation. Failed messages are therefore retried within the invocation,
 * as long as its time budget allows; only then does the invocation fail.
 */
final class Deliveries {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

    private final BatchDoor door;
    private final BatchProcessor processor;
    private final Supplier<Deadline> deadline;
    private final Sleeper sleeper;

    /**
     * @param deadline supplies the deadline of an invocation that starts now; it must be before the host's timeout
     * @param sleeper waits between attempts
     */
    Deliveries(BatchDoor door, BatchProcessor processor, Supplier<Deadline> deadline, Sleeper sleeper) {
        this.door = door;
        this.processor = processor;
        this.deadline = deadline;
        this.sleeper = sleeper;
    }

    /** Waits for a duration. */
    interface Sleeper {
        void sleep(Duration length) throws InterruptedException;
    }

    /**
     * The source of a trigger's items.
     *
     * @throws IllegalArgumentException when not exactly one binding takes that payload
     */
    DeliverySource source(Payload payload, String origin) {
        return new DeliverySource(door.onlyChannel(payload), origin);
    }

    /** Like {@link #deliver(List)}, for items of one source. */
    void deliver(Payload payload, String origin, List<Item> items) throws InterruptedException {
        DeliverySource source = source(payload, origin);
        deliver(items.stream().map(item -> Delivery.of(source, item)).toList());
    }

    /**
     * Processes items and retries the unfinished ones with exponential backoff, until all are finished or too little
     * time is left for another pause. The retries simulate a source that supports reports per item. A poison message is
     * therefore stored as a dead letter as soon as the items before it in its group are finished.
     *
     * @throws RedeliveryException when unfinished items remain, which the platform must redeliver
     */
    void deliver(List<Delivery<Item>> items) throws InterruptedException {
        Deadline end = deadline.get();
        List<Delivery<Item>> unfinished = items;
        for (Duration pause = FIRST_PAUSE; ; pause = doubled(pause)) {
            BatchResult<Item> result = processor.process(unfinished, ReportMode.FAILED_ITEMS, end);
            unfinished = result.unfinished();
            if (unfinished.isEmpty()) {
                return;
            }
            // The pause once more, as time for the attempt after it.
            if (!end.hasAtLeast(pause.plus(pause))) {
                throw new RedeliveryException(unfinished.size() + " of " + items.size() + " items must be redelivered: "
                        + result.firstFailure()
                                .map(item -> result.outcome(item).reason())
                                .orElse(""));
            }
            sleeper.sleep(pause);
        }
    }

    private static Duration doubled(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
    }
}
