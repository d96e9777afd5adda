package dev.odometer.event.functions.imports;

import dev.odometer.metering.imports.Step;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageEvent.Identity;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Counts two steps of an import concurrently: the events of the second are inserted while the transaction of the first
 * commits. Steps commit in the order of the file. For one caller.
 */
final class CommitPipeline implements AutoCloseable {

    private static final int MAX_IN_FLIGHT = 2;
    /**
     * A step that waits longer for its predecessor is rolled back and repeated. Otherwise the two could deadlock: its
     * transaction may hold locks that others wait for, on which the predecessor waits in turn.
     */
    private static final Duration MAX_WAIT = Duration.ofSeconds(2);

    private final Counting counting;
    private final Deque<InFlight> inFlight = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(MAX_IN_FLIGHT, work -> {
        var thread = new Thread(work, "import-commit");
        thread.setDaemon(true);
        return thread;
    });
    private UsageImport latest;

    /** Counts a step. {@code turn} blocks until the step may commit. */
    interface Counting {
        UsageImport count(Step step, Runnable turn);
    }

    private record InFlight(Set<Identity> events, CompletableFuture<UsageImport> done) {}

    /** Rolls back a step that waited too long for its predecessor. */
    private static final class PredecessorTooSlow extends RuntimeException {
        private static final long serialVersionUID = 1L;

        PredecessorTooSlow() {
            super("the preceding step takes too long", null, false, false);
        }
    }

    CommitPipeline(UsageImport start, Counting counting) {
        this.latest = start;
        this.counting = counting;
    }

    /**
     * Starts to count a step as soon as fewer than two are in flight.
     *
     * @return the import as of the steps that are finished
     * @throws RuntimeException the failure of a preceding step
     */
    UsageImport count(Step step) {
        Set<Identity> events = step.events().stream().map(UsageEvent::identity).collect(Collectors.toSet());
        // Two transactions with the same events would wait for each other's locks.
        while (inFlight.size() == MAX_IN_FLIGHT
                || inFlight.stream().anyMatch(other -> !Collections.disjoint(other.events(), events))) {
            awaitOldest();
        }
        CompletableFuture<UsageImport> before =
                inFlight.isEmpty() ? null : inFlight.getLast().done();
        inFlight.add(new InFlight(events, CompletableFuture.supplyAsync(() -> attempt(step, before), threads)));
        return latest;
    }

    private UsageImport attempt(Step step, @Nullable CompletableFuture<UsageImport> before) {
        if (before == null) {
            return counting.count(step, CommitPipeline::immediately);
        }
        try {
            return counting.count(step, () -> await(before));
        } catch (PredecessorTooSlow rolledBack) {
            before.join();
            return counting.count(step, CommitPipeline::immediately);
        }
    }

    private static void immediately() {
        // There is no predecessor to wait for.
    }

    private static void await(CompletableFuture<UsageImport> before) {
        try {
            before.get(MAX_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException slow) {
            throw new PredecessorTooSlow();
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        }
    }

    private void awaitOldest() {
        try {
            latest = inFlight.remove().done().join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw failed;
        }
    }

    /**
     * Waits for all steps.
     *
     * @return the import after them
     * @throws RuntimeException the failure of one of them
     */
    UsageImport finish() {
        while (!inFlight.isEmpty()) {
            awaitOldest();
        }
        return latest;
    }

    /** Waits until no step is in flight; failures are ignored. */
    @Override
    public void close() {
        inFlight.forEach(other -> other.done().handle((done, failure) -> true).join());
        threads.shutdown();
    }
}
