package dev.odometer.functions.retry;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.Stream;

/**
 * The pauses between the attempts at one piece of work. Each pause is lengthened by a random share, so that callers that
 * fail together do not retry together.
 *
 * @param pauses before jitter, the pause after the first failure first; the last one repeats
 * @param jitterPercent by how much of itself a pause is lengthened at most
 */
public record Backoff(List<Duration> pauses, int jitterPercent) {

    public Backoff {
        pauses = List.copyOf(pauses);
        if (pauses.isEmpty() || pauses.stream().anyMatch(Duration::isNegative) || jitterPercent < 0) {
            throw new IllegalArgumentException("A backoff needs pauses and a jitter of at least 0: " + pauses);
        }
    }

    /**
     * Doubles the pause after each failure.
     *
     * @param first above 0
     * @param max no pause is longer before jitter
     */
    public static Backoff exponential(Duration first, Duration max, int jitterPercent) {
        if (first.isZero() || first.isNegative() || max.compareTo(first) < 0) {
            throw new IllegalArgumentException("A backoff must grow from above 0: " + first + " to " + max);
        }
        Stream<Duration> growing =
                Stream.iterate(first, pause -> pause.compareTo(max) < 0, pause -> pause.multipliedBy(2));
        return new Backoff(Stream.concat(growing, Stream.of(max)).toList(), jitterPercent);
    }

    /** @param failures so far, at least 1 */
    public Duration pause(int failures) {
        return pause(failures, ThreadLocalRandom.current()::nextLong);
    }

    /**
     * With a source of randomness of the caller's.
     *
     * @param random gives a number from 0 to below the one it is given
     */
    public Duration pause(int failures, LongUnaryOperator random) {
        Duration pause = pauses.get(Math.min(Math.max(failures, 1), pauses.size()) - 1);
        long spread = pause.multipliedBy(jitterPercent).dividedBy(100).toNanos();
        return spread == 0 ? pause : pause.plusNanos(random.applyAsLong(spread));
    }
}
