package dev.odometer.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Compares what the database does for each event on both paths, with the same events in one run. Each delta has about 25
 * events, as with 10,000 events/s of 4,000 series and deltas every 10 s. Linux only.
 */
@Tag("long")
class WorkPerEventIT {

    private static final int EVENTS = Integer.getInteger("events", 100_000);
    private static final int SUBJECTS = 1000;
    private static final int BATCH = 1000;
    private static final int POLL_MILLIS = 5000;
    private static final double LIMIT = 0.1;

    @TempDir
    static Path folder;

    private final Random random = new Random(1);
    private final Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);

    private UsageEvent event(int n) {
        Map<String, Object> data =
                Map.of("model", "m" + random.nextInt(3), "tokens", new BigDecimal(random.nextInt(10_000)));
        Instant time = minute.plus(Duration.ofMillis(n % 60_000L));
        return new UsageEvent(
                "1.0",
                "e" + n,
                "test",
                Usage.TYPE,
                "customer-" + random.nextInt(SUBJECTS),
                time,
                null,
                null,
                Map.copyOf(data));
    }

    private static PostgresStore store(DataSource source) {
        Migrations.apply(source);
        var store = new PostgresStore(source, Clock.systemUTC());
        store.meters().add(Usage.meter(Aggregation.COUNT));
        store.meters().add(Usage.meter(Aggregation.SUM));
        return store;
    }

    @Test
    void theDatabaseDoesATenthOfTheWork() throws Exception {
        DataSource directSource = TestDatabase.newDatabase("direct_work");
        DataSource streamsSource = TestDatabase.newDatabase("streams_work");
        PostgresStore direct = store(directSource);
        PostgresStore streams = store(streamsSource);
        var events = new ArrayList<UsageEvent>();
        for (int n = 0; n < EVENTS; n++) {
            events.add(event(n));
        }
        try (var broker = new TestBroker()) {
            broker.create("usage", 3);
            broker.create("usage.parked", 1);
            for (UsageEvent event : events) {
                var unused = broker.send(
                        new ProducerRecord<>("usage", event.subject().getBytes(UTF_8), Usage.json(event)));
            }
            broker.flush();

            DatabaseWork start = DatabaseWork.of(directSource);
            for (int from = 0; from < EVENTS; from += BATCH) {
                direct.usage().append(events.subList(from, Math.min(EVENTS, from + BATCH)));
            }
            DatabaseWork middle = DatabaseWork.of(directSource);
            List<String> expected = Usage.totals(direct);
            DatabaseWork before = DatabaseWork.of(directSource);
            // The total of the engine is read every few seconds, and its reads are part of the figure.
            try (var engine = CrashIT.engine(broker, folder, "work", List.of("--odometer.streams.interval=60s"))) {
                Wait.until(() -> isCounted(streams) && engine.isAlive(), () -> "not everything was counted");
            }
            DatabaseWork after = DatabaseWork.of(directSource);
            assertThat(Usage.totals(streams)).isEqualTo(expected);
            report(middle.since(start), after.since(before));
        }
    }

    private static boolean isCounted(PostgresStore store) {
        Wait.pause(POLL_MILLIS);
        return Usage.count(store).intValueExact() == EVENTS;
    }

    private static void report(DatabaseWork direct, DatabaseWork streams) {
        double wal = (double) streams.walBytes() / direct.walBytes();
        double cpu = (double) streams.cpuTicks() / direct.cpuTicks();
        System.out.printf(
                "%d events, direct and Kafka Streams: WAL %d and %d bytes per event (ratio %.3f), CPU %d and %d µs per"
                        + " event (ratio %.3f, limit %.1f)%n",
                EVENTS,
                direct.walBytes() / EVENTS,
                streams.walBytes() / EVENTS,
                wal,
                direct.cpuTicks() * 10_000 / EVENTS,
                streams.cpuTicks() * 10_000 / EVENTS,
                cpu,
                LIMIT);
        assertThat(wal).isLessThan(LIMIT);
        assertThat(cpu).isLessThan(LIMIT);
    }
}
