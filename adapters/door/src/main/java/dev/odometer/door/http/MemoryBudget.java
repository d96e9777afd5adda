package dev.odometer.door.http;

import dev.odometer.door.request.MatchedRequest;
import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits how many requests that take much memory are served at once, so that many of them wait for each other instead of
 * exhausting the heap. Others are not limited. Thread-safe.
 */
final class MemoryBudget {

    /** The memory of one such request: the rows of an answer and its text, or the objects of a large body. */
    private static final long BYTES_PER_REQUEST = 80L * 1024 * 1024;

    /** Objects take several times the size of the body. */
    private static final int LARGE_BODY_BYTES = 1024 * 1024;

    private static final Duration MAX_WAIT = Duration.ofSeconds(5);
    /** More would only occupy the threads of a server that other requests need. */
    private static final int MAX_WAITING = 50;

    private final Semaphore permits;
    private final Duration maxWait;

    MemoryBudget(int permits, Duration maxWait) {
        this.permits = new Semaphore(permits, true);
        this.maxWait = maxWait;
    }

    /** As many as fit into the heap, at least one. */
    static MemoryBudget ofHeap(long heapBytes) {
        return new MemoryBudget((int) Math.max(1, Math.min(heapBytes / BYTES_PER_REQUEST, 10_000)), MAX_WAIT);
    }

    /**
     * Serves the request. If its body or its answer may be large, it holds a permit from before the body is parsed until
     * the answer is written into memory, and waits up to 5 seconds for it.
     *
     * @throws Refusal UNAVAILABLE when no permit became free
     */
    HttpReply serve(RouteHandler handler, MatchedRequest request, Exchange exchange) {
        if (!handler.route().large() && request.body().length <= LARGE_BODY_BYTES) {
            return handler.serve(request, exchange);
        }
        if (permits.getQueueLength() >= MAX_WAITING || !isAcquired()) {
            throw Refusal.unavailable(
                    "too many requests with large answers or bodies at once",
                    new IllegalStateException("memory budget exhausted"));
        }
        try {
            return handler.serve(request, exchange);
        } finally {
            permits.release();
        }
    }

    private boolean isAcquired() {
        try {
            return permits.tryAcquire(maxWait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
