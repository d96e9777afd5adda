package dev.odometer.event.functions.handoff;

import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.handoff.HandOffs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hands issued invoices over to the payment provider, and withdraws voided invoices. It returns when none is due,
 * or when the time does not allow another request; the next tick continues.
 */
public final class HandOverInvoices implements Consumer<Timed<Tick>> {

    /** The name of the function, its schedule and its bean. */
    public static final String NAME = "handOverInvoices";

    /** The longest time for one request to the provider, at most 30 s, and for storing the result. */
    static final Duration MAX_REQUEST_TIME = Duration.ofSeconds(40);
    /** How long a worker keeps an invoice. It starts no request that could outlast it. */
    static final Duration LEASE = Duration.ofMinutes(5);
    /** Longer than the longest pause between attempts, which is 24 hours and 20 % of jitter. */
    static final Duration MAX_PLAUSIBLE_PAUSE = Duration.ofDays(2);

    static final Duration RECENT = Duration.ofDays(2);

    private static final Duration MIN_WAKE_DELAY = Duration.ofSeconds(1);

    private final HandOffs handOffs;
    private final HandOffDispatcher dispatcher;
    private final @Nullable Instant issuedFrom;
    private final int workers;
    private final Supplier<WakeUp> timer;

    /**
     * @param issuedFrom invoices that were issued earlier are not handed over; absent if the hand-off is not set up
     * @param timer wakes the next call; does nothing in processes without a timer
     */
    HandOverInvoices(
            HandOffs handOffs, HandOffDispatcher dispatcher, @Nullable Instant issuedFrom, Supplier<WakeUp> timer) {
        this(handOffs, dispatcher, issuedFrom, new Host(HandOffRun.MAX_WORKERS, timer));
    }

    HandOverInvoices(HandOffs handOffs, HandOffDispatcher dispatcher, @Nullable Instant issuedFrom, Host host) {
        this.handOffs = handOffs;
        this.dispatcher = dispatcher;
        this.issuedFrom = issuedFrom;
        this.workers = host.workers;
        this.timer = host.timer;
    }

    /** The resources of the process. */
    record Host(int workers, Supplier<WakeUp> timer) {}

    /**
     * @throws Refusal UNAVAILABLE when an invoice is due and the call is too short for any request; CONFLICT when the
     *     hand-off is not set up
     */
    @Override
    public void accept(Timed<Tick> tick) {
        if (issuedFrom == null) {
            throw Refusal.conflict("the hand-off of invoices is not set up: odometer.billing.hand-off-from is missing");
        }
        Deadline deadline = tick.deadline();
        Clock clock = sharedClock();
        Instant now = clock.instant();
        handOffs.resetDueAfter(now.plus(MAX_PLAUSIBLE_PAUSE), now);
        handOffs.register(from(issuedFrom, tick.item().due(), now), now);
        if (!deadline.hasAtLeast(MAX_REQUEST_TIME) && isAnythingDue(clock)) {
            throw Refusal.unavailable("a request to the payment provider takes up to " + MAX_REQUEST_TIME.toSeconds()
                    + " s, and the platform ends this call before that");
        }
        new HandOffRun(handOffs, dispatcher.withClock(clock), deadline).run(workers);
        handOffs.nextDue().ifPresent(due -> timer.get().wake(tick.item().schedule(), notBefore(due, clock)));
    }

    /**
     * The earliest time of issue of the invoices that are searched. Every minute, only recent invoices are searched, so
     * that the duration does not grow with the number of invoices. Every full hour, all are searched, to find invoices
     * that were issued while no tick ran, or by a process whose clock is behind.
     */
    private static Instant from(Instant issuedFrom, Instant due, Instant now) {
        Instant recent = now.minus(RECENT);
        boolean isFullHour = due.truncatedTo(ChronoUnit.HOURS).equals(due);
        return isFullHour || recent.isBefore(issuedFrom) ? issuedFrom : recent;
    }

    /** The store's clock, read once. */
    private Clock sharedClock() {
        Instant shared = handOffs.now();
        Clock own = dispatcher.clock();
        return Clock.offset(own, Duration.between(own.instant(), shared));
    }

    private boolean isAnythingDue(Clock clock) {
        Instant now = clock.instant();
        return handOffs.nextDue().filter(due -> !due.isAfter(now)).isPresent();
    }

    private static Instant notBefore(Instant due, Clock clock) {
        Instant soonest = clock.instant().plus(MIN_WAKE_DELAY);
        return due.isAfter(soonest) ? due : soonest;
    }
}
