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
 * Counts two steps of an import at a time: the second one's events while the first one's transaction is finished. They
 * commit in the order of the file. For one caller.
 */
final class CommitPipeline implements AutoCloseable {

    private static final int MOST = 2;
    /** A step that waits for longer may itself be what the one before waits for, by way of others' locks. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Counting counting;
    private final Deque<InFlight> flights = new ArrayDeque<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(MOST, work -> {
        var thread = new Thread(work, "import-lane");
        thread.setDaemon(true);
        return thread;
    });
    private UsageImport latest;

    /** Counts a step; {@code turn} returns when it may commit. */
    interface Counting {
        UsageImport count(Step step, Runnable turn);
    }

    private record InFlight(Set<Identity> events, CompletableFuture<UsageImport> done) {}

    /** Rolls a step back that waited too long for the one before. */
    private static final class TooEarly extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooEarly() {
            super("the step before takes long", null, false, false);
        }
    }

    CommitPipeline(UsageImport start, Counting counting) {
        this.latest = start;
        this.counting = counting;
    }

    /**
     * Begins to count a step once there is a lane for it.
     *
     * @return the import as of the steps that are finished
     * @throws RuntimeException what one of the steps before threw
     */
    UsageImport count(Step step) {
        Set<Identity> events = step.events().stream().map(UsageEvent::identity).collect(Collectors.toSet());
        // Two transactions with the same events wait for each other.
        while (flights.size() == MOST
                || flights.stream().anyMatch(flight -> !Collections.disjoint(flight.events(), events))) {
            land();
        }
        CompletableFuture<UsageImport> before =
                flights.isEmpty() ? null : flights.getLast().done();
        flights.add(new InFlight(events, CompletableFuture.supplyAsync(() -> attempt(step, before), threads)));
        return latest;
    }

    private UsageImport attempt(Step step, @Nullable CompletableFuture<UsageImport> before) {
        if (before == null) {
            return counting.count(step, CommitPipeline::atOnce);
        }
        try {
            return counting.count(step, () -> await(before));
        } catch (TooEarly rolledBack) {
            before.join();
            return counting.count(step, CommitPipeline::atOnce);
        }
    }

    private static void atOnce() {
        // Nothing is before it.
    }

    private static void await(CompletableFuture<UsageImport> before) {
        try {
            before.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | InterruptedException slow) {
            throw new TooEarly();
        } catch (ExecutionException failed) {
            throw new CompletionException(failed.getCause());
        }
    }

    private void land() {
        try {
            latest = flights.remove().done().join();
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
     * @return the import behind them
     * @throws RuntimeException what one of them threw
     */
    UsageImport finish() {
        while (!flights.isEmpty()) {
            land();
        }
        return latest;
    }

    /** Returns when nothing is counted any more. */
    @Override
    public void close() {
        flights.forEach(flight -> flight.done().handle((done, failure) -> true).join());
        threads.shutdown();
    }
}
