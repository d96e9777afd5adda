package dev.odometer.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
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
 * Compares what the database does for each event on both paths, with the same events in one run. Each delta has about 50
 * events, as with 20,000 events/s of 4,000 series and deltas every 10 s. Linux only.
 */
@Tag("long")
class WorkPerEventIT {

    private static final int EVENTS = Integer.getInteger("events", 100_000);
    private static final int SUBJECTS = 500;
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
        DataSource admin = TestDatabase.source();
        TestDatabase.newDatabase("direct_work");
        var directSource = new HikariDataSource();
        directSource.setJdbcUrl(TestDatabase.url().replace("/postgres?", "/direct_work?"));
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

            DatabaseWork start = DatabaseWork.of(admin, "direct_work");
            for (int from = 0; from < EVENTS; from += BATCH) {
                direct.usage().append(events.subList(from, Math.min(EVENTS, from + BATCH)));
            }
            DatabaseWork ofDirect = DatabaseWork.of(admin, "direct_work").since(start);
            DatabaseWork before = DatabaseWork.of(admin, "streams_work");
            try (var engine = CrashIT.engine(broker, folder, "work", List.of("--odometer.streams.interval=60s"))) {
                Wait.until(() -> isCounted(streamsSource) && engine.isAlive(), () -> "not everything was counted");
                report(ofDirect, DatabaseWork.of(admin, "streams_work").since(before));
            }
            List<String> expected = Usage.totals(direct);
            assertThat(Usage.totals(streams)).isEqualTo(expected);
        }
    }

    /** Not by a query of a meter, which may fold. */
    private static boolean isCounted(DataSource source) {
        Wait.pause(POLL_MILLIS);
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select coalesce((select sum(count) from rollup_month), 0)
                            + coalesce((select sum(c) from rollup_delta, unnest(count) c), 0)
                        """)) {
            row.next();
            // Each event is counted by two meters.
            return row.getLong(1) == 2L * EVENTS;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
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
