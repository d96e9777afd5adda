package dev.odometer.event.functions.notifications;

import dev.odometer.event.functions.notifications.DeliveryRun.Workers;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Documents;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.notification.Courier;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Raises notification events for usage periods that started on schedule, and sends the deliveries that are due. It
 * returns when no delivery is due or in flight, or when the time does not allow another attempt. The remaining ones are
 * sent at the next tick, or when the process's timer fires.
 */
public final class DeliverNotifications implements Consumer<Timed<Tick>> {

    /** The name of the function, its schedule and its bean. */
    public static final String NAME = "deliverNotifications";

    /** The longest time for an attempt, at most 15 s, and for storing its result. */
    static final Duration MAX_ATTEMPT_TIME = Duration.ofSeconds(18);
    /**
     * A lower bound for the timer, so that deliveries that are due but cannot be sent now do not keep the process busy.
     */
    static final Duration MIN_WAKE_DELAY = Duration.ofSeconds(1);

    /** Longer than the longest pause between attempts, which is 24 hours and 20 % of jitter. */
    static final Duration MAX_PLAUSIBLE_PAUSE = Duration.ofDays(2);

    private final Notifications notifications;
    private final Outbox outbox;
    private final DeliveryDispatcher dispatcher;
    private final Function<Clock, Workers> workers;
    private final Supplier<WakeUp> timer;

    /** @param timer wakes the next delivery; does nothing in processes without a timer */
    public DeliverNotifications(
            Notifications notifications,
            Outbox outbox,
            List<Courier> couriers,
            Supplier<Documents> documents,
            Clock clock,
            Supplier<WakeUp> timer) {
        this(
                notifications,
                outbox,
                new DeliveryDispatcher(couriers, documents, RetryPolicy.jittered(), clock),
                Workers::of,
                timer);
    }

    DeliverNotifications(
            Notifications notifications,
            Outbox outbox,
            DeliveryDispatcher dispatcher,
            Function<Clock, Workers> workers,
            Supplier<WakeUp> timer) {
        this.notifications = notifications;
        this.outbox = outbox;
        this.dispatcher = dispatcher;
        this.workers = workers;
        this.timer = timer;
    }

    /** @throws Refusal UNAVAILABLE when a delivery is due and the call is too short for any attempt */
    @Override
    public void accept(Timed<Tick> tick) {
        Deadline deadline = tick.deadline();
        Clock clock = sharedClock();
        Instant now = clock.instant();
        notifications.raiseStartedPeriods(now);
        outbox.resetDueAfter(now.plus(MAX_PLAUSIBLE_PAUSE), now);
        if (!deadline.hasAtLeast(MAX_ATTEMPT_TIME) && isAnythingDue(clock)) {
            throw Refusal.unavailable("a delivery takes up to " + MAX_ATTEMPT_TIME.toSeconds()
                    + " s, and the platform ends this call before that");
        }
        new DeliveryRun(outbox, dispatcher.withClock(clock), workers.apply(clock), deadline).run();
        outbox.nextDue().ifPresent(due -> timer.get().wake(tick.item().schedule(), notBefore(due, clock)));
    }

    /** The outbox's clock, read once. */
    private Clock sharedClock() {
        Instant shared = outbox.now();
        Clock own = dispatcher.clock();
        return Clock.offset(own, Duration.between(own.instant(), shared));
    }

    private static Instant notBefore(Instant due, Clock clock) {
        Instant soonest = clock.instant().plus(MIN_WAKE_DELAY);
        return due.isAfter(soonest) ? due : soonest;
    }

    private boolean isAnythingDue(Clock clock) {
        Instant now = clock.instant();
        return outbox.nextDue().filter(due -> !due.isAfter(now)).isPresent();
    }
}
