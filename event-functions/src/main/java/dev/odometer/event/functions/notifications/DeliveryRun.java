package dev.odometer.event.functions.notifications;

import dev.odometer.event.functions.notifications.DeliveryDispatcher.FinishedAttempt;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.notification.Outbox.Due;
import dev.odometer.metering.notification.Outbox.Limits;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one call. Up to 64 threads send them, at most 4 of one channel; the caller's thread alone takes
 * them from the outbox and stores the results, so that a call needs one database connection. Deliveries that fall due
 * during the call are included.
 */
final class DeliveryRun {

    private static final int MAX_THREADS = 64;
    static final int MAX_PER_CHANNEL = 4;
    /** Longer than an attempt, so that no other process takes a delivery in flight. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final long POLL_MILLIS = 500;
    private static final Duration MIN_TIME = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final DeliveryDispatcher dispatcher;
    private final Deadline deadline;
    private final Workers workers;
    private final Map<String, Integer> byChannel = new HashMap<>();
    private int inFlight;
    private @Nullable ExecutorService threads;

    DeliveryRun(Outbox outbox, DeliveryDispatcher dispatcher, Workers workers, Deadline deadline) {
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.deadline = deadline;
    }

    /**
     * What a run uses of its process: threads, time and the queue of finished attempts. A simulation has others.
     *
     * @param threads called with the first attempt; a call without one starts none
     */
    record Workers(Supplier<ExecutorService> threads, BlockingQueue<FinishedAttempt> finished, Clock clock) {

        static Workers of(Clock clock) {
            return new Workers(
                    () -> Executors.newFixedThreadPool(MAX_THREADS, DeliveryRun::daemon),
                    new LinkedBlockingQueue<>(),
                    clock);
        }
    }

    void run() {
        try {
            do {
                settleFinished();
                start();
            } while (inFlight > 0 && deadline.hasAtLeast(MIN_TIME));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            if (threads != null) {
                threads.shutdownNow();
            }
        }
    }

    /** Waits up to 500 ms for a finished attempt, then stores all that are finished. */
    private void settleFinished() throws InterruptedException {
        for (FinishedAttempt attempt = first();
                attempt != null;
                attempt = workers.finished().poll()) {
            inFlight--;
            byChannel.computeIfPresent(attempt.due().channel().id(), (id, count) -> count == 1 ? null : count - 1);
            outbox.settle(attempt.due(), attempt.attempt(), attempt.next());
        }
    }

    private @Nullable FinishedAttempt first() throws InterruptedException {
        return inFlight == 0 ? null : workers.finished().poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }

    /**
     * Starts deliveries until none is due or all slots are in use. The limit per channel of one query must hold for
     * every channel it may return, so the busiest channel below the maximum sets it; the loop then fills up the others.
     */
    private void start() {
        List<Due> taken;
        do {
            if (inFlight == MAX_THREADS || !deadline.hasAtLeast(DeliverNotifications.MAX_ATTEMPT_TIME)) {
                return;
            }
            List<String> saturated = byChannel.entrySet().stream()
                    .filter(channel -> channel.getValue() >= MAX_PER_CHANNEL)
                    .map(Map.Entry::getKey)
                    .toList();
            int highest = byChannel.values().stream()
                    .filter(count -> count < MAX_PER_CHANNEL)
                    .max(Integer::compare)
                    .orElse(0);
            taken = outbox.take(
                    workers.clock().instant(),
                    LEASE,
                    saturated,
                    new Limits(MAX_THREADS - inFlight, MAX_PER_CHANNEL - highest));
            taken.forEach(this::start);
        } while (!taken.isEmpty());
    }

    private void start(Due due) {
        if (threads == null) {
            threads = workers.threads().get();
        }
        inFlight++;
        byChannel.merge(due.channel().id(), 1, Integer::sum);
        threads.execute(() -> workers.finished().add(dispatcher.attempt(due)));
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "delivery");
        thread.setDaemon(true);
        return thread;
    }
}
