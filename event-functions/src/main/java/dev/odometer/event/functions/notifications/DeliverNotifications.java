package dev.odometer.event.functions.notifications;

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
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Notices periods that began of themselves, and delivers what is due. It ends when nothing is due or under way, or when
 * the time does not allow another try: the rest is for the next tick, or for a process's timer when it falls due.
 */
public final class DeliverNotifications implements Consumer<Timed<Tick>> {

    /** Of the function, of its schedule, and of its bean. */
    public static final String NAME = "deliverNotifications";

    /** A try, which takes at most 15 s, and what is noted of it. */
    static final Duration MAX_TRY = Duration.ofSeconds(18);
    /** So that what cannot be delivered now, for want of time or room, does not keep a process busy. */
    static final Duration SOONEST = Duration.ofSeconds(1);

    private final Notifications notifications;
    private final Outbox outbox;
    private final DeliveryDispatcher dispatcher;
    private final Clock clock;
    private final Supplier<WakeUp> timer;

    /** @param timer of a process that has one */
    public DeliverNotifications(
            Notifications notifications,
            Outbox outbox,
            List<Courier> couriers,
            Supplier<Documents> documents,
            Clock clock,
            Supplier<WakeUp> timer) {
        var retries = new RetryPolicy(bound -> ThreadLocalRandom.current().nextLong(bound));
        this.notifications = notifications;
        this.outbox = outbox;
        this.dispatcher = new DeliveryDispatcher(couriers, documents, retries, clock);
        this.clock = clock;
        this.timer = timer;
    }

    /** @throws Refusal UNAVAILABLE when something is due and there is never time for a try */
    @Override
    public void accept(Timed<Tick> tick) {
        Deadline deadline = tick.deadline();
        notifications.noticeResets(clock.instant());
        if (!deadline.leaves(MAX_TRY) && isAnythingDue()) {
            throw Refusal.unavailable("a delivery takes up to " + MAX_TRY.toSeconds()
                    + " s, and the platform ends this call before that");
        }
        new DeliveryRun(outbox, dispatcher, clock, deadline).go();
        outbox.nextDue().ifPresent(due -> timer.get().wake(tick.item().schedule(), notBefore(due)));
    }

    private Instant notBefore(Instant due) {
        Instant soonest = clock.instant().plus(SOONEST);
        return due.isAfter(soonest) ? due : soonest;
    }

    private boolean isAnythingDue() {
        Instant now = clock.instant();
        return outbox.nextDue().filter(due -> !due.isAfter(now)).isPresent();
    }
}
