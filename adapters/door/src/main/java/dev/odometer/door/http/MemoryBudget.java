package dev.odometer.door.http;

import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Limits how many requests that take much memory are served at once, so that many of them wait for each other instead of
 * exhausting the heap. Others are not limited. Thread-safe.
 */
final class MemoryBudget {

    /** The memory of one such request: the rows of an answer and its text, or the objects of a large body. */
    private static final long BYTES_PER_REQUEST = 80L * 1024 * 1024;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /** More would only occupy the threads of a server that other requests need. */
    private static final int MAX_WAITING = 50;

    private final Semaphore permits;
    private final Duration patience;

    MemoryBudget(int permits, Duration patience) {
        this.permits = new Semaphore(permits, true);
        this.patience = patience;
    }

    /** As many as fit into the heap, at least one. */
    static MemoryBudget ofHeap(long heapBytes) {
        return new MemoryBudget((int) Math.max(1, Math.min(heapBytes / BYTES_PER_REQUEST, 10_000)), PATIENCE);
    }

    /**
     * Does the work with the memory of one request reserved, for which it waits up to 5 seconds.
     *
     * @throws Refusal UNAVAILABLE when there was not enough
     */
    <T> T reserving(Supplier<T> work) {
        if (permits.getQueueLength() >= MAX_WAITING || !isAcquired()) {
            throw Refusal.unavailable(
                    "too many requests with large answers or bodies at once",
                    new IllegalStateException("memory budget exhausted"));
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private boolean isAcquired() {
        try {
            return permits.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
