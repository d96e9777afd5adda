package dev.odometer.event.functions.notifications;

import dev.odometer.event.functions.notifications.DeliveryDispatcher.Tried;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.metering.notification.Outbox;
import dev.odometer.metering.notification.Outbox.Due;
import dev.odometer.metering.notification.Outbox.Most;
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
import org.jspecify.annotations.Nullable;

/**
 * The deliveries of one call: tried by up to 64 threads, at most 4 of a channel, taken and noted by the caller's, which
 * needs one connection to the database. What falls due meanwhile goes along.
 */
final class DeliveryRun {

    private static final int THREADS = 64;
    static final int OF_ONE_CHANNEL = 4;
    /** Longer than a try: nobody else takes it while it is under way. */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final long LOOK_AGAIN_MILLIS = 500;
    private static final Duration LEAST = Duration.ofSeconds(1);

    private final Outbox outbox;
    private final DeliveryDispatcher dispatcher;
    private final Clock clock;
    private final Deadline deadline;
    private final BlockingQueue<Tried> over = new LinkedBlockingQueue<>();
    private final Map<String, Integer> byChannel = new HashMap<>();
    private int underWay;
    private @Nullable ExecutorService threads;

    DeliveryRun(Outbox outbox, DeliveryDispatcher dispatcher, Clock clock, Deadline deadline) {
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.clock = clock;
        this.deadline = deadline;
    }

    void go() {
        try {
            do {
                settle();
                begin();
            } while (underWay > 0 && deadline.leaves(LEAST));
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        } finally {
            if (threads != null) {
                threads.shutdownNow();
            }
        }
    }

    /** Waits a little for the first, then takes along what else is over. */
    private void settle() throws InterruptedException {
        for (Tried tried = first(); tried != null; tried = over.poll()) {
            underWay--;
            byChannel.computeIfPresent(tried.due().channel().id(), (id, count) -> count == 1 ? null : count - 1);
            outbox.settle(tried.due(), tried.attempt(), tried.next());
        }
    }

    private @Nullable Tried first() throws InterruptedException {
        return underWay == 0 ? null : over.poll(LOOK_AGAIN_MILLIS, TimeUnit.MILLISECONDS);
    }

    /** Until nothing is due or there is no room: a channel that is near its most leaves the others less at a time. */
    private void begin() {
        List<Due> taken;
        do {
            if (underWay == THREADS || !deadline.leaves(DeliverNotifications.MAX_TRY)) {
                return;
            }
            List<String> busy = byChannel.entrySet().stream()
                    .filter(channel -> channel.getValue() >= OF_ONE_CHANNEL)
                    .map(Map.Entry::getKey)
                    .toList();
            int most = byChannel.values().stream()
                    .filter(count -> count < OF_ONE_CHANNEL)
                    .max(Integer::compare)
                    .orElse(0);
            taken = outbox.take(clock.instant(), LEASE, busy, new Most(THREADS - underWay, OF_ONE_CHANNEL - most));
            taken.forEach(this::begin);
        } while (!taken.isEmpty());
    }

    private void begin(Due due) {
        if (threads == null) {
            threads = Executors.newFixedThreadPool(THREADS, DeliveryRun::thread);
        }
        underWay++;
        byChannel.merge(due.channel().id(), 1, Integer::sum);
        threads.execute(() -> over.add(dispatcher.attempt(due)));
    }

    private static Thread thread(Runnable work) {
        var thread = new Thread(work, "delivery");
        thread.setDaemon(true);
        return thread;
    }
}
