package dev.odometer.event.functions.notifications;

import dev.odometer.event.functions.notifications.DeliveryDispatcher.FinishedAttempt;
import dev.odometer.event.functions.notifications.DeliveryRun.Workers;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The delivery of notifications in a simulation, with virtual threads, time and jitter. */
public final class VirtualDelivery {

    private VirtualDelivery() {}

    /** Delivers what is due in the outbox by the courier. */
    public static DeliverNotifications of(
            Notifications notifications, Outbox outbox, Courier courier, Environment environment) {
        var retries = new RetryPolicy(bound -> (long) (environment.random().nextDouble() * bound));
        var dispatcher =
                new DeliveryDispatcher(List.of(courier), environment.documents(), retries, environment.clock());
        Function<Clock, Workers> workers =
                clock -> new Workers(environment.threads(), new Finished(environment.pause()), clock);
        return new DeliverNotifications(notifications, outbox, dispatcher, workers, environment::timer);
    }

    /**
     * What a process has.
     *
     * @param threads run attempts in parallel to the caller
     * @param pause lets a tenth of a second pass
     */
    public record Environment(
            Random random,
            Supplier<Documents> documents,
            Clock clock,
            Supplier<ExecutorService> threads,
            Runnable pause,
            WakeUp timer) {}

    private static final class Finished extends LinkedBlockingQueue<FinishedAttempt> {

        private static final long serialVersionUID = 1L;
        private static final long PAUSE_MILLIS = 100;

        private final transient Runnable pause;

        Finished(Runnable pause) {
            this.pause = pause;
        }

        @Override
        public @Nullable FinishedAttempt poll(long timeout, TimeUnit unit) {
            for (long waited = 0; isEmpty() && waited < unit.toMillis(timeout); waited += PAUSE_MILLIS) {
                pause.run();
            }
            return poll();
        }
    }
}
