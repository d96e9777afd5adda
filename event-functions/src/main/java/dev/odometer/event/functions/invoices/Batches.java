package dev.odometer.event.functions.invoices;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.util.function.IntUnaryOperator;

/** Repeats work in batches until nothing is left, or the time does not allow another batch. */
final class Batches {

    /** Bounds the memory and the transaction of a batch. */
    static final int SIZE = 1000;
    /** The time that must be left to start another batch. */
    private static final Duration MIN_TIME = Duration.ofSeconds(10);

    private Batches() {}

    /**
     * Does the work.
     *
     * @param batch takes the size of a batch, and returns how much was done; 0 when nothing is left
     * @throws Refusal UNAVAILABLE when something may be left, so that the tick is repeated
     */
    static void untilDone(Deadline deadline, IntUnaryOperator batch) {
        do {
            if (!deadline.hasAtLeast(MIN_TIME)) {
                throw Refusal.unavailable("no time is left for all invoices; the next call continues");
            }
        } while (batch.applyAsInt(SIZE) > 0);
    }
}
