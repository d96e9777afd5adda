package dev.odometer.event.functions.notifications;

import dev.odometer.functions.retry.Backoff;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier.FollowUp;
import dev.odometer.metering.notification.Courier.Outcome;
import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.notification.Outbox.Next;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
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
        Duration pause = BACKOFF.pause(attempts, random, outcome.retryAfter());
        return new Next(State.SENDING, now.plus(pause), reason, false);
    }

    private static String reason(Attempt attempt) {
        return attempt.statusCode() == null ? attempt.body() : "answered with " + attempt.statusCode();
    }
}
