package dev.odometer.event.functions.notifications;

import dev.odometer.functions.retry.Backoff;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Courier.Outcome;
import dev.odometer.metering.notification.Courier.Then;
import dev.odometer.metering.notification.Delivery.State;
import dev.odometer.metering.notification.Outbox.Next;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.function.LongUnaryOperator;

/**
 * What follows from a try. The pauses are those that standardwebhooks.com proposes, each up to a fifth longer, so that
 * what failed together does not come back together.
 *
 * @param random a number from 0 to below the one given
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
    private static final Duration LONGEST = Duration.ofDays(1);

    /**
     * Says what follows.
     *
     * @param attempts how many there were, with this one
     * @param now when it ended
     */
    Next after(int attempts, Outcome outcome, Instant now) {
        if (outcome.attempt().succeeded()) {
            return new Next(State.SUCCESS, null, null, false);
        }
        String why = why(outcome.attempt());
        if (outcome.then() == Then.GONE) {
            return new Next(State.FAILED, null, "the receiver is gone, the channel is disabled: " + why, true);
        }
        if (outcome.then() == Then.NEVER) {
            return new Next(State.FAILED, null, "the receiver does not take it: " + why, false);
        }
        if (attempts >= MAX_ATTEMPTS) {
            return new Next(State.FAILED, null, "given up after " + attempts + " attempts: " + why, false);
        }
        Duration pause = BACKOFF.pause(attempts, random).truncatedTo(ChronoUnit.MILLIS);
        return new Next(State.SENDING, now.plus(longer(pause, outcome)), why, false);
    }

    private static Duration longer(Duration pause, Outcome outcome) {
        Duration asked = Objects.requireNonNullElse(outcome.retryAfter(), Duration.ZERO);
        Duration most = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
        return most.compareTo(pause) > 0 ? most : pause;
    }

    private static String why(Attempt attempt) {
        return attempt.statusCode() == null ? attempt.body() : "answered with " + attempt.statusCode();
    }
}
