package dev.odometer.postgres.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.backlog.BacklogMetrics.Ages;
import dev.odometer.postgres.backlog.PostgresBacklog.Backlog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BacklogMetricsTest {

    private static final Backlog BACKLOG = new Backlog(1, 2, 3_500_000, 4, 5_000_000);
    private static final Duration LONG = Duration.ofMinutes(5);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger reads = new AtomicInteger();

    private void bind(Duration fresh, Duration valid, Supplier<Backlog> source) {
        new BacklogMetrics(
                        () -> {
                            reads.incrementAndGet();
                            return source.get();
                        },
                        new Ages(fresh, valid, Duration.ofSeconds(2)))
                .bindTo(registry);
    }

    private double value(String gauge) {
        return registry.get("odometer." + gauge).gauge().value();
    }

    @Test
    void reportsEachPartInSecondsOrPieces() {
        bind(LONG, LONG, () -> BACKLOG);

        assertThat(value("dead.letters.stored")).isEqualTo(1);
        assertThat(value("deliveries.waiting")).isEqualTo(2);
        assertThat(value("deliveries.overdue")).isEqualTo(3.5);
        assertThat(value("unfolded.entries")).isEqualTo(4);
        assertThat(value("unfolded.age")).isEqualTo(5);
    }

    @Test
    void readsOnceWhileTheBacklogIsFresh() {
        bind(LONG, LONG, () -> BACKLOG);

        registry.getMeters().forEach(meter -> meter.measure().forEach(measurement -> measurement.getValue()));
        value("unfolded.entries");

        assertThat(reads).hasValue(1);
    }

    @Test
    void readsAgainWhenItIsNotFresh() {
        bind(Duration.ZERO, LONG, () -> new Backlog(reads.get(), 0, 0, 0, 0));
        value("dead.letters.stored");

        assertThat(value("dead.letters.stored")).isEqualTo(2);
    }

    @Test
    void reportsTheLastBacklogWhileTheDatabaseIsUnavailable() {
        bind(Duration.ZERO, LONG, () -> {
            if (reads.get() > 1) {
                throw Refusal.unavailable("the database does not respond");
            }
            return BACKLOG;
        });
        value("deliveries.waiting");

        assertThat(value("deliveries.waiting")).isEqualTo(2);
        assertThat(reads).hasValue(2);
    }

    @Test
    void reportsNothingThatIsTooOld() {
        bind(Duration.ZERO, Duration.ZERO, () -> BACKLOG);

        assertThat(value("deliveries.waiting")).isNaN();
    }

    @Test
    void oneScrapeWaitsForASilentDatabaseAndTheOthersDoNot() throws Exception {
        var silent = new CountDownLatch(1);
        bind(LONG, LONG, () -> {
            await(silent);
            return BACKLOG;
        });
        assertThat(value("deliveries.waiting")).isNaN();

        assertThat(value("unfolded.entries")).isNaN();

        assertThat(reads).hasValue(1);
        silent.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
