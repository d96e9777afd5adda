package dev.odometer.azure.functions;

import dev.odometer.door.BatchDoor;
import dev.odometer.door.BatchProcessor;
import dev.odometer.door.BatchResult;
import dev.odometer.door.DeliverAgain;
import dev.odometer.door.Delivery;
import dev.odometer.door.DeliverySource;
import dev.odometer.door.Item;
import dev.odometer.door.ReportMode;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/**
 * Messages to the functions. The platform has no report for single ones, and some of its triggers move on after a failure:
 * so what has to wait is tried again here, for as long as an invocation may take, and only then the invocation fails.
 */
final class Deliveries {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(10);

    private final BatchDoor door;
    private final BatchProcessor processor;
    private final Supplier<Deadline> deadline;
    private final Pause pauses;

    /**
     * @param deadline of an invocation that begins now, before the host ends it
     * @param pauses how it waits before it tries again
     */
    Deliveries(BatchDoor door, BatchProcessor processor, Supplier<Deadline> deadline, Pause pauses) {
        this.door = door;
        this.processor = processor;
        this.deadline = deadline;
        this.pauses = pauses;
    }

    /** Waits. */
    interface Pause {
        void lasts(Duration length) throws InterruptedException;
    }

    /**
     * Tries again what is not done, with pauses that double, until all is done or the time does not suffice for another
     * pause. The retries stand for a source that reads reports of single messages, so dead letters need not wait for
     * messages that are not before them in their group.
     *
     * @throws DeliverAgain when something is left that has to be delivered again
     * @throws IllegalArgumentException when no binding takes that payload, or several do
     */
    void deliver(Payload payload, String origin, List<Item> items) throws InterruptedException {
        var source = new DeliverySource(door.onlyChannel(payload), origin);
        Deadline end = deadline.get();
        List<Delivery<Item>> left =
                items.stream().map(item -> Delivery.of(source, item)).toList();
        for (Duration pause = FIRST_PAUSE; ; pause = doubled(pause)) {
            BatchResult<Item> result = processor.process(left, ReportMode.FAILED_ITEMS, end);
            left = result.unfinished();
            if (left.isEmpty()) {
                return;
            }
            if (!end.leaves(pause.plus(pause))) {
                throw new DeliverAgain(left.size() + " of " + items.size() + " have to be delivered again: "
                        + result.firstFailure()
                                .map(item -> result.outcome(item).reason())
                                .orElse(""));
            }
            pauses.lasts(pause);
        }
    }

    private static Duration doubled(Duration pause) {
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(MAX_PAUSE) > 0 ? MAX_PAUSE : doubled;
    }
}
