package dev.odometer.postgres.usage;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Group commit: concurrent appends share a transaction, and thereby the wait for the disk. A call that acquires one of
 * the lanes writes all queued calls, including its own, and completes the receipts of the others. So no thread of its
 * own is needed.
 */
public final class AppendQueue {

    /** Concurrent transactions. With two, one batch is prepared while the other waits for its commit. */
    private static final int LANES = 2;
    /**
     * The number of events per shared transaction, which bounds the latency of the calls in it. A larger single call
     * has a transaction of its own.
     */
    private static final int MAX_SHARED = 4000;

    /**
     * How long a call waits for a lane: longer than a statement may take, so that the end of a stalled database is
     * awaited, and shorter than clients usually wait.
     */
    private static final Duration MAX_WAIT = Duration.ofSeconds(25);

    // Fair, so that calls are served in the order of arrival.
    private final Semaphore lanes = new Semaphore(LANES, true);
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Function<List<UsageEvent>, BitSet> write;
    private final Duration maxWait;

    public AppendQueue(Function<List<UsageEvent>, BitSet> write) {
        this(write, MAX_WAIT);
    }

    AppendQueue(Function<List<UsageEvent>, BitSet> write, Duration maxWait) {
        this.write = write;
        this.maxWait = maxWait;
    }

    private static final class Call {
        final List<UsageEvent> events;
        final CompletableFuture<List<Receipt>> receipts = new CompletableFuture<>();
        /** Whether a lane has dequeued this call. That lane always completes it. */
        volatile boolean isTaken;

        Call(List<UsageEvent> events) {
            this.events = events;
        }
    }

    List<Receipt> append(List<UsageEvent> events) {
        var call = new Call(events);
        synchronized (waiting) {
            waiting.add(call);
        }
        while (!call.isTaken) {
            if (isLaneFree()) {
                try {
                    if (!call.isTaken) {
                        serve(next());
                    }
                } finally {
                    lanes.release();
                }
            } else if (isWithdrawn(call)) {
                throw Refusal.unavailable(
                        "the database is too slow for all appends", new IllegalStateException("no lane became free"));
            }
        }
        return outcome(call);
    }

    /** Waits for a lane. Does not wait on an interrupt, after which a call could not tell whether it is written. */
    private boolean isLaneFree() {
        try {
            return lanes.tryAcquire(maxWait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Removes a call from the queue, unless a lane has dequeued it: then its outcome is not known yet. */
    private boolean isWithdrawn(Call call) {
        synchronized (waiting) {
            return waiting.remove(call);
        }
    }

    /** The number of calls that no lane has dequeued yet. */
    int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    private static List<Receipt> outcome(Call call) {
        try {
            return call.receipts.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }

    private List<Call> next() {
        var calls = new ArrayList<Call>();
        synchronized (waiting) {
            int events = 0;
            for (Call call = waiting.peek(); call != null; call = waiting.peek()) {
                events += call.events.size();
                if (!calls.isEmpty() && events > MAX_SHARED) {
                    break;
                }
                call.isTaken = true;
                calls.add(waiting.remove());
            }
        }
        return calls;
    }

    private void serve(List<Call> calls) {
        if (calls.isEmpty()) {
            // The other lane has dequeued the call meanwhile.
            return;
        }
        try {
            attempt(calls);
        } catch (RuntimeException failure) {
            if (calls.size() == 1 || isUnavailable(failure)) {
                // Without the database, each call alone would fail as well, one timeout after another.
                calls.forEach(call -> call.receipts.completeExceptionally(failure));
            } else {
                // The events of one call may have caused the failure. Each call is retried alone, so that the others
                // succeed.
                calls.forEach(call -> serve(List.of(call)));
            }
        } catch (Error error) {
            calls.forEach(call -> call.receipts.completeExceptionally(error));
        }
    }

    private static boolean isUnavailable(RuntimeException failure) {
        return failure instanceof Refusal refusal && refusal.kind() == RefusalKind.UNAVAILABLE;
    }

    private void attempt(List<Call> calls) {
        var batch = new ArrayList<UsageEvent>();
        calls.forEach(call -> batch.addAll(call.events));
        BitSet isNew = write.apply(batch);
        int place = 0;
        for (Call call : calls) {
            var receipts = new ArrayList<Receipt>(call.events.size());
            for (int i = 0; i < call.events.size(); i++) {
                receipts.add(isNew.get(place++) ? Receipt.RECORDED : Receipt.ALREADY_RECORDED);
            }
            call.receipts.complete(receipts);
        }
    }
}
