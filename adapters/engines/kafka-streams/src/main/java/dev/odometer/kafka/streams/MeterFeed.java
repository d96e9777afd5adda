package dev.odometer.kafka.streams;

import dev.odometer.functions.retry.Backoff;
import dev.odometer.postgres.usage.CurrentMeters;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.InterruptException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The meters that read events. They are compared with the database after each poll: a meter therefore counts every event
 * that is sent after it was created. While the database is unavailable, the processing waits.
 */
final class MeterFeed {

    /** The source of the meters. */
    interface Source {
        CurrentMeters.ByType current();
    }

    private record Read(long poll, CurrentMeters.ByType meters) {}

    private static final Logger LOG = LoggerFactory.getLogger(MeterFeed.class);
    private static final int JITTER_PERCENT = 50;
    private static final Backoff BACKOFF =
            Backoff.exponential(Duration.ofMillis(200), Duration.ofSeconds(10), JITTER_PERCENT);

    private final Source source;
    private final CountDownLatch closed = new CountDownLatch(1);
    /** The number of polls of all consumers of the process. */
    private final AtomicLong polls = new AtomicLong(1);

    private volatile @Nullable Read last;

    MeterFeed(Source source) {
        this.source = source;
    }

    void polled() {
        polls.incrementAndGet();
    }

    CurrentMeters.ByType meters() {
        Read read = last;
        return read != null && read.poll() == polls.get() ? read.meters() : refreshed();
    }

    private synchronized CurrentMeters.ByType refreshed() {
        for (int failures = 0; ; ) {
            // Before the meters are read: records of later polls need meters that are read later.
            long poll = polls.get();
            Read read = last;
            if (read != null && read.poll() == poll) {
                return read.meters();
            }
            try {
                last = new Read(poll, source.current());
            } catch (RuntimeException unavailable) {
                failures++;
                LOG.warn("The meters cannot be read; the processing waits: {}", unavailable.toString());
                pause(failures, unavailable);
            }
        }
    }

    private void pause(int failures, RuntimeException failure) {
        try {
            if (closed.await(BACKOFF.pause(failures).toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure;
            }
        } catch (InterruptedException interrupted) {
            throw new InterruptException(interrupted);
        }
    }

    /** Ends the waiting. */
    void close() {
        closed.countDown();
    }
}
