package dev.odometer.metering.notification;

import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The queue of due deliveries. Several workers may take from it; a lease gives each delivery to one worker at a time.
 */
public interface Outbox {

    /**
     * Leases due deliveries to enabled channels, earliest first.
     *
     * @param lease the duration of the leases; when a worker crashes, its deliveries become available at their end
     * @param busy ids of channels to skip
     */
    List<Due> take(Instant now, Duration lease, Collection<String> busy, Limits most);

    /** The maximum number of deliveries to take, in total and per channel. */
    record Limits(int all, int perChannel) {}

    /**
     * A leased delivery.
     *
     * @param attempts the number of attempts since it was created or resent
     * @param since when it was created or resent
     * @param lease the id of the lease
     */
    record Due(Notification notification, Channel channel, int attempts, Instant since, String lease) {}

    /**
     * Records an attempt and its consequence, and ends the lease. When the lease has expired and another worker holds
     * the delivery, only the attempt is recorded.
     */
    void settle(Due due, Attempt attempt, Next next);

    /**
     * Makes deliveries due now that are due after {@code latest}, or leased until after it. Such a time was computed
     * while a clock was ahead, and the delivery would wait until that date.
     *
     * @param latest the latest plausible time: the present and the longest pause between attempts
     * @return the number of corrected deliveries
     */
    int resetDueAfter(Instant latest, Instant now);

    /**
     * The current time of the outbox's clock. All processes compare and compute due times by it: a process whose clock
     * is behind would otherwise make retries due at once, and soon give up.
     *
     * @throws Refusal UNAVAILABLE when the store does not respond
     */
    Instant now();

    /** The next time at which a delivery is due or a lease expires; empty without pending deliveries. */
    Optional<Instant> nextDue();

    /**
     * The consequence of an attempt.
     *
     * @param state SUCCESS, FAILED or, with a time for the retry, SENDING
     * @param at the time of the next attempt
     * @param reason the error; absent for SUCCESS
     * @param disablesChannel whether to disable the channel, since the receiver accepts no notifications any more
     */
    record Next(
            Delivery.State state,
            @Nullable Instant at,
            @Nullable String reason,
            boolean disablesChannel) {

        public Next {
            if ((state == Delivery.State.SENDING) != (at != null)) {
                throw Refusal.invalid("a delivery needs a time for the next attempt in state SENDING only: " + state);
            }
        }
    }
}
