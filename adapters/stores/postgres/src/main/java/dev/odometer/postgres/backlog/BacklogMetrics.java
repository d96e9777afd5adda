package dev.odometer.postgres.backlog;

import dev.odometer.postgres.backlog.PostgresBacklog.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The backlog as gauges. A scrape reads it at most every ten seconds, in another thread: while the database does not
 * respond, a scrape waits at most a second and still answers with the other metrics. A backlog that is older than a
 * minute is not reported; the gauges are then NaN.
 */
public final class BacklogMetrics implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(BacklogMetrics.class);

    private final Supplier<Backlog> source;
    private final Ages ages;
    private @Nullable Backlog last;
    private long readAt;
    private @Nullable CountDownLatch reading;

    public BacklogMetrics(Supplier<Backlog> source) {
        this(source, new Ages(Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofSeconds(1)));
    }

    BacklogMetrics(Supplier<Backlog> source, Ages ages) {
        this.source = source;
        this.ages = ages;
    }

    /**
     * The limits of times.
     *
     * @param fresh the age up to which a backlog is reported without another read
     * @param valid the age up to which it is reported if it cannot be read
     * @param patience how long a scrape waits for it
     */
    record Ages(Duration fresh, Duration valid, Duration patience) {}

    @Override
    public void bindTo(MeterRegistry registry) {
        gauge("odometer.dead.letters.stored", Backlog::deadLetters)
                .description("Dead letters in the database")
                .register(registry);
        gauge("odometer.deliveries.waiting", Backlog::deliveries)
                .description("Deliveries of notifications that wait for an attempt or a retry")
                .register(registry);
        gauge("odometer.deliveries.overdue", backlog -> seconds(backlog.overdueMicros()))
                .baseUnit("seconds")
                .description("The time since the earliest waiting delivery became due")
                .register(registry);
        gauge("odometer.unfolded.entries", Backlog::unfolded)
                .description("Entries that are not folded into the rollups yet")
                .register(registry);
        gauge("odometer.unfolded.age", backlog -> seconds(backlog.unfoldedMicros()))
                .baseUnit("seconds")
                .description("The time since the oldest unfolded entry was written")
                .register(registry);
    }

    private static Number seconds(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }

    /** A gauge without a value is NaN. */
    private Gauge.Builder<Supplier<Number>> gauge(String name, Function<Backlog, Number> value) {
        return Gauge.builder(name, () -> {
            Backlog backlog = current();
            return backlog == null ? null : value.apply(backlog);
        });
    }

    private @Nullable Backlog current() {
        CountDownLatch started = startIfOld();
        if (started != null) {
            await(started);
        }
        synchronized (this) {
            return isYounger(ages.valid) ? last : null;
        }
    }

    private void await(CountDownLatch started) {
        try {
            if (!started.await(ages.patience.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.debug("The backlog was not read within {}", ages.patience);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Starts a read unless the last one is fresh or another one is in progress, and returns the one to wait for. */
    private synchronized @Nullable CountDownLatch startIfOld() {
        if (reading != null || isYounger(ages.fresh)) {
            return null;
        }
        var started = new CountDownLatch(1);
        reading = started;
        var thread = new Thread(() -> read(started), "backlog");
        thread.setDaemon(true);
        thread.start();
        return started;
    }

    private boolean isYounger(Duration age) {
        return last != null && System.nanoTime() - readAt < age.toNanos();
    }

    private void read(CountDownLatch started) {
        @Nullable Backlog backlog = null;
        try {
            backlog = source.get();
        } catch (RuntimeException unavailable) {
            // The readiness probe and the requests report the database; a metric must not.
            LOG.debug("The backlog could not be read", unavailable);
        }
        synchronized (this) {
            if (backlog != null) {
                last = backlog;
                readAt = System.nanoTime();
            }
            reading = null;
        }
        started.countDown();
    }
}
