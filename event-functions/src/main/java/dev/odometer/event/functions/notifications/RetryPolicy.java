package dev.odometer.event.functions.notifications;

import dev.odometer.functions.retry.Backoff;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier.FollowUp;
import dev.odometer.metering.notification.Courier.Outcome;
import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.notification.Outbox.Next;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;

/**
 * Decides what follows from an attempt. The pauses are those that standardwebhooks.com recommends, each extended by up
 * to 20 % of jitter, so that deliveries that failed together are not retried together.
 *
 * @param random returns a number from 0, inclusive, to its argument, exclusive
 */
record RetryPolicy(LongUnaryOperator random) {

    static final List<Duration> PAUSES = List.of(
            Duration.ofSeconds(5),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    static final int MAX_ATTEMPTS = PAUSES.size() + 1;
    private static final Backoff BACKOFF = new Backoff(PAUSES, 20);
    private static final Duration MAX_RETRY_AFTER = Duration.ofDays(1);

    static RetryPolicy jittered() {
        return new RetryPolicy(bound -> ThreadLocalRandom.current().nextLong(bound));
    }

    /**
     * The state and the next attempt of a delivery.
     *
     * @param attempts number of attempts so far, including this one
     * @param now the end of the attempt
     */
    Next after(int attempts, Outcome outcome, Instant now) {
        if (outcome.attempt().succeeded()) {
            return new Next(State.SUCCESS, null, null, false);
        }
        String reason = reason(outcome.attempt());
        if (outcome.then() == FollowUp.DISABLE_CHANNEL) {
            return new Next(State.FAILED, null, "the receiver is gone; the channel is disabled: " + reason, true);
        }
        if (outcome.then() == FollowUp.GIVE_UP) {
            return new Next(State.FAILED, null, "the receiver rejected the message: " + reason, false);
        }
        if (attempts >= MAX_ATTEMPTS) {
            return new Next(State.FAILED, null, "given up after " + attempts + " attempts: " + reason, false);
        }
        Duration pause = BACKOFF.pause(attempts, random).truncatedTo(ChronoUnit.MILLIS);
        return new Next(State.SENDING, now.plus(longerOf(pause, outcome)), reason, false);
    }

    /** The receiver's {@code Retry-After}, up to a day, can only extend the pause. */
    private static Duration longerOf(Duration pause, Outcome outcome) {
        Duration requested = Objects.requireNonNullElse(outcome.retryAfter(), Duration.ZERO);
        Duration capped = requested.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : requested;
        return capped.compareTo(pause) > 0 ? capped : pause;
    }

    private static String reason(Attempt attempt) {
        return attempt.statusCode() == null ? attempt.body() : "answered with " + attempt.statusCode();
    }
}
