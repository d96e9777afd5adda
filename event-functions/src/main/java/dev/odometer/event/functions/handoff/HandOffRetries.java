package dev.odometer.event.functions.handoff;

import dev.odometer.functions.retry.Backoff;
import dev.odometer.metering.handoff.HandOff.State;
import dev.odometer.metering.handoff.HandOffs.Next;
import dev.odometer.metering.handoff.InvoiceCourier.Outcome;
import dev.odometer.metering.handoff.InvoiceCourier.Result;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Computes the state after an attempt. A failed attempt is repeated for about 3 days, which is longer than the provider
 * keeps idempotency keys.
 *
 * @param random returns a number from 0, inclusive, to its argument, exclusive
 */
record HandOffRetries(LongUnaryOperator random) {

    static final List<Duration> PAUSES = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofHours(2),
            Duration.ofHours(5),
            Duration.ofHours(10),
            Duration.ofHours(14),
            Duration.ofHours(20),
            Duration.ofHours(24));

    static final int MAX_ATTEMPTS = PAUSES.size() + 1;
    /** The pause between attempts while a hand-off waits for the operator. */
    static final Duration CHECK_PAUSE = Duration.ofMinutes(15);

    private static final Backoff BACKOFF = new Backoff(PAUSES, 20);

    static HandOffRetries jittered() {
        return new HandOffRetries(bound -> ThreadLocalRandom.current().nextLong(bound));
    }

    /**
     * The state and the next attempt.
     *
     * @param attempts number of failed attempts, if this one failed
     * @param now the end of the attempt
     */
    Next after(int attempts, Outcome outcome, Instant now) {
        String reason = outcome.reason();
        return switch (outcome.result()) {
            case DONE -> next(State.DONE, null, outcome, null);
            case CONTINUE -> next(State.PENDING, now, outcome, reason);
            case WAIT -> next(State.WAITING, now.plus(CHECK_PAUSE), outcome, reason);
            case GIVE_UP -> next(State.FAILED, null, outcome, reason);
            case RETRY ->
                attempts >= MAX_ATTEMPTS
                        ? next(State.FAILED, null, outcome, "given up after " + attempts + " attempts: " + reason)
                        : next(
                                State.PENDING,
                                now.plus(BACKOFF.pause(attempts, random, outcome.retryAfter())),
                                outcome,
                                reason);
        };
    }

    private static Next next(State state, @Nullable Instant at, Outcome outcome, @Nullable String reason) {
        boolean isFailure = outcome.result() == Result.RETRY || outcome.result() == Result.GIVE_UP;
        return new Next(state, at, reason, isFailure, outcome.needsNewKeys(), outcome.externalIds());
    }
}
