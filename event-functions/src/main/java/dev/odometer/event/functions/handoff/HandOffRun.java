package dev.odometer.event.functions.handoff;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.metering.handoff.HandOffs;
import dev.odometer.metering.handoff.HandOffs.Due;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;

/**
 * The hand-offs of one call. Several workers each take one invoice after the other; during the requests to the provider
 * they hold no database connection.
 */
final class HandOffRun {

    /** A provider limits the rate of requests; this is far below the limit of Stripe. */
    static final int MAX_WORKERS = 8;

    private final HandOffs handOffs;
    private final HandOffDispatcher dispatcher;
    private final Deadline deadline;

    HandOffRun(HandOffs handOffs, HandOffDispatcher dispatcher, Deadline deadline) {
        this.handOffs = handOffs;
        this.dispatcher = dispatcher;
        this.deadline = deadline;
    }

    /** Runs until nothing is due or the time is over. A single worker is the caller's thread. */
    void run(int workers) {
        List<Due> first = take(workers);
        if (first.size() <= 1 || workers == 1) {
            work(first);
            return;
        }
        ExecutorService threads = Executors.newFixedThreadPool(first.size(), HandOffRun::daemon);
        try {
            var work = new ArrayList<Callable<Boolean>>();
            first.forEach(due -> work.add(() -> work(List.of(due))));
            await(threads.invokeAll(work));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } finally {
            threads.shutdownNow();
        }
    }

    private boolean work(List<Due> first) {
        for (List<Due> taken = first; !taken.isEmpty(); taken = take(1)) {
            for (Due due : taken) {
                handOffs.settle(due, dispatcher.attempt(due, hasTime(dispatcher.clock())));
            }
        }
        return true;
    }

    private List<Due> take(int limit) {
        Instant now = dispatcher.clock().instant();
        return deadline.hasAtLeast(HandOverInvoices.MAX_REQUEST_TIME)
                        && !Thread.currentThread().isInterrupted()
                ? handOffs.take(now, HandOverInvoices.LEASE, limit)
                : List.of();
    }

    /**
     * Both clocks decide: the platform's time is measured by a monotonic one, which stands still while a platform has
     * frozen the process, and the lease ends by the time of day.
     */
    private BooleanSupplier hasTime(Clock clock) {
        Instant latest = clock.instant().plus(HandOverInvoices.LEASE).minus(HandOverInvoices.MAX_REQUEST_TIME);
        return () -> deadline.hasAtLeast(HandOverInvoices.MAX_REQUEST_TIME)
                && clock.instant().isBefore(latest);
    }

    /** The first failure, such as that of the database, is that of the call, so that the tick is repeated. */
    private static void await(List<Future<Boolean>> results) throws InterruptedException {
        for (Future<Boolean> result : results) {
            try {
                result.get();
            } catch (ExecutionException failed) {
                throw failed.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(failed);
            }
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "hand-off");
        thread.setDaemon(true);
        return thread;
    }
}
