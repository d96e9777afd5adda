package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    /** System.nanoTime may be negative. */
    private final AtomicLong nanos = new AtomicLong(Long.MIN_VALUE / 2);

    private final RateLimit limit = new RateLimit(10, nanos::get);

    private void after(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private long taken(int slot, int requests) {
        return IntStream.range(0, requests).filter(i -> limit.take(slot)).count();
    }

    @Test
    void allowsABurstOfFiveSeconds() {
        assertThat(taken(1, 100)).isEqualTo(50);
        assertThat(taken(2, 100)).isEqualTo(50);
    }

    @Test
    void allowsTheRateAfterTheBurst() {
        taken(1, 100);

        after(Duration.ofSeconds(2));

        assertThat(limit.admits(1)).isTrue();
        assertThat(taken(1, 100)).isEqualTo(20);
        assertThat(limit.admits(1)).isFalse();
    }

    @Test
    void fillsUpToTheBurstOnly() {
        taken(1, 100);

        after(Duration.ofDays(1));

        assertThat(taken(1, 100)).isEqualTo(50);
    }

    @Test
    void namesTheWait() {
        var slow = new RateLimit(1, nanos::get);
        IntStream.range(0, 5).forEach(i -> slow.take(0));

        assertThat(slow.waitSeconds(0)).isEqualTo(1);
        after(Duration.ofMillis(900));
        assertThat(slow.waitSeconds(0)).isEqualTo(1);
        assertThat(slow.take(0)).isFalse();
        after(Duration.ofMillis(100));
        assertThat(slow.take(0)).isTrue();
    }

    @Test
    void isNotExhaustedByAClockThatStartsAnew() {
        after(Duration.ofDays(100));
        taken(1, 100);

        nanos.addAndGet(-Duration.ofDays(90).toNanos());

        assertThat(taken(1, 1)).isEqualTo(1);
    }

    @Test
    void isOffAtZero() {
        var off = new RateLimit(0, nanos::get);

        assertThat(IntStream.range(0, 10_000).allMatch(i -> off.admits(3) && off.take(3)))
                .isTrue();
    }
}
