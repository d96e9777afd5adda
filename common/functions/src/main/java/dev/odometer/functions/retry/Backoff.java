package dev.odometer.functions.retry;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The pauses between retries. Each pause is extended by random jitter, so that callers that fail together do not retry
 * together.
 *
 * @param pauses without jitter, in order, beginning with the one after the first failure; the last one repeats
 * @param jitterPercent the maximum jitter, in percent of the pause
 */
public record Backoff(List<Duration> pauses, int jitterPercent) {

    private static final Duration MAX_REQUESTED = Duration.ofDays(1);

    public Backoff {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty() || pauses.stream().anyMatch(Duration::isNegative) || jitterPercent < 0) {
            throw new IllegalArgumentException("A backoff needs pauses, and no negative pause or jitter: " + pauses);
        }
    }

    /**
     * Doubles the pause after each failure.
     *
     * @param first above 0
     * @param max the longest pause, without jitter
     */
    public static Backoff exponential(Duration first, Duration max, int jitterPercent) {
        if (first.isZero() || first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("A backoff needs 0 < first <= max: " + first + ", " + max);
        }
        Stream<Duration> growing =
                Stream.iterate(first, pause -> pause.compareTo(max) < 0, pause -> pause.multipliedBy(2));
        return new Backoff(Stream.concat(growing, Stream.of(max)).toList(), jitterPercent);
    }

    /**
     * The pause before the next attempt.
     *
     * @param failures the number of failures so far, at least 1
     */
    public Duration pause(int failures) {
        return pause(failures, ThreadLocalRandom.current()::nextLong);
    }

    /**
     * The same with the caller's source of randomness.
     *
     * @param random returns a number from 0 (inclusive) to its argument (exclusive)
     */
    public Duration pause(int failures, LongUnaryOperator random) {
        Duration pause = pauses.get(Math.min(Math.max(failures, 1), pauses.size()) - 1);
        long spread = pause.multipliedBy(jitterPercent).dividedBy(100).toNanos();
        return spread == 0 ? pause : pause.plusNanos(random.applyAsLong(spread));
    }

    /**
     * The same, in whole milliseconds, and at least as long as the other side requests.
     *
     * @param requested such as {@code Retry-After}; a longer one than a day counts as a day
     */
    public Duration pause(int failures, LongUnaryOperator random, @Nullable Duration requested) {
        Duration pause = pause(failures, random).truncatedTo(ChronoUnit.MILLIS);
        Duration atLeast = requested == null ? Duration.ZERO : requested;
        Duration capped = atLeast.compareTo(MAX_REQUESTED) > 0 ? MAX_REQUESTED : atLeast;
        return capped.compareTo(pause) > 0 ? capped : pause;
    }
}
