package dev.odometer.functions.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private static Backoff exponential(long first, long factor, int jitter) {
        return Backoff.exponential(Duration.ofMillis(first), Duration.ofMillis(first * factor), jitter);
    }

    @Test
    void doublesUpToTheMaximum() {
        var backoff = Backoff.exponential(Duration.ofMillis(100), Duration.ofMillis(700), 0);

        assertThat(IntStream.rangeClosed(1, 6)
                        .mapToObj(failures -> backoff.pause(failures).toMillis()))
                .containsExactly(100L, 200L, 400L, 700L, 700L, 700L);
    }

    @Test
    void repeatsTheLastPause() {
        var backoff = new Backoff(List.of(Duration.ofSeconds(5), Duration.ofMinutes(1)), 0);

        assertThat(backoff.pause(1)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void rejectsInvalidPauses() {
        assertThatThrownBy(() -> Backoff.exponential(Duration.ZERO, Duration.ofSeconds(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Backoff.exponential(Duration.ofSeconds(2), Duration.ofSeconds(1), 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Backoff(List.of(), 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void staysWithinItsBounds(
            @ForAll @LongRange(min = 1, max = 10_000) long first,
            @ForAll @LongRange(min = 1, max = 10_000) long factor,
            @ForAll @IntRange(max = 200) int jitter,
            @ForAll @IntRange(min = 1) int failures) {
        Duration max = Duration.ofMillis(first * factor);

        Duration pause = exponential(first, factor, jitter).pause(failures);

        assertThat(pause)
                .isBetween(
                        Duration.ofMillis(first),
                        max.plus(max.multipliedBy(jitter).dividedBy(100)));
    }

    @Property
    void growsToTheMaximumAndAtMostDoubles(
            @ForAll @LongRange(min = 1, max = 10_000) long first,
            @ForAll @LongRange(min = 1, max = 10_000) long factor,
            @ForAll @IntRange(min = 1, max = 40) int failures) {
        Backoff backoff = exponential(first, factor, 0);
        Duration pause = backoff.pause(failures);
        Duration next = backoff.pause(failures + 1);

        assertThat(next).isBetween(pause, pause.multipliedBy(2));
        assertThat(next.compareTo(pause) > 0 || pause.equals(Duration.ofMillis(first * factor)))
                .isTrue();
    }

    @Property
    void addsJitterUpToItsFullRange(
            @ForAll @LongRange(min = 1, max = 10_000) long first,
            @ForAll @IntRange(min = 1, max = 200) int jitter,
            @ForAll @IntRange(min = 1, max = 20) int failures) {
        Backoff backoff = exponential(first, 1000, jitter);
        Duration pause = exponential(first, 1000, 0).pause(failures);
        Duration spread = pause.multipliedBy(jitter).dividedBy(100);

        assertThat(backoff.pause(failures, bound -> 0)).isEqualTo(pause);
        assertThat(backoff.pause(failures, bound -> bound - 1))
                .isEqualTo(pause.plus(spread).minusNanos(1));
    }
}
