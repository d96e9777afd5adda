package dev.odometer.door.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * A rate limit for each of many callers: a token bucket that holds the requests of five seconds. Each caller has a slot
 * of a fixed array, so memory is constant. A slot is the time at which its bucket is full again (the generic cell rate
 * algorithm). Per process, thread-safe, by the monotonic clock.
 */
final class RateLimit {

    static final int SLOTS = 16_384;
    static final int MAX_RATE = 1_000_000;
    private static final int BURST_SECONDS = 5;

    private final int rate;
    private final LongSupplier nanos;
    private final long start;
    private final long interval;
    private final long capacity;
    private final AtomicLongArray fullAt;

    /** @param rate requests per second; 0 for no limit */
    RateLimit(int rate, LongSupplier nanos) {
        this.rate = rate;
        this.nanos = nanos;
        this.start = nanos.getAsLong();
        this.interval = rate == 0 ? 0 : Duration.ofSeconds(1).toNanos() / rate;
        this.capacity = interval * rate * BURST_SECONDS;
        this.fullAt = new AtomicLongArray(rate == 0 ? 0 : SLOTS);
    }

    int rate() {
        return rate;
    }

    /** Whether a request is within the limit, without counting it. */
    boolean admits(int slot) {
        return rate == 0 || level(fullAt.get(slot), now()) + interval <= capacity;
    }

    /** Counts a request if it is within the limit. */
    boolean take(int slot) {
        if (rate == 0) {
            return true;
        }
        while (true) {
            long before = fullAt.get(slot);
            long now = now();
            long level = level(before, now) + interval;
            if (level > capacity) {
                return false;
            }
            if (fullAt.compareAndSet(slot, before, now + level)) {
                return true;
            }
        }
    }

    /** The whole seconds, at least one, until a request is within the limit. */
    long waitSeconds(int slot) {
        long wait = level(fullAt.get(slot), now()) + interval - capacity;
        return Math.max(1, Math.floorDiv(wait - 1, Duration.ofSeconds(1).toNanos()) + 1);
    }

    /**
     * How much of the capacity is in use. More than the capacity cannot occur, unless the clock started anew: a process
     * that is restored from a snapshot on another machine.
     */
    private long level(long fullAgain, long now) {
        long level = fullAgain - now;
        return level < 0 || level > capacity ? 0 : level;
    }

    private long now() {
        return nanos.getAsLong() - start;
    }
}
