package dev.odometer.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.kafka.worker.Worker;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;

/** The engine in this process, on a real broker. */
class EngineIT {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    @TempDir
    Path folder;

    private static TestBroker broker;

    private final String name = "engine_" + NUMBER.incrementAndGet();
    private final Usage usage = new Usage(new Random(1));
    private final PostgresStore store = store();

    @BeforeAll
    static void start() {
        broker = new TestBroker();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private PostgresStore store() {
        DataSource source = TestDatabase.newDatabase(name);
        Migrations.apply(source);
        return new PostgresStore(source, Clock.systemUTC());
    }

    private ConfigurableApplicationContext engine() {
        return Worker.application(StreamsConfiguration.class)
                .run(
                        "--odometer.kafka.bootstrap-servers=" + broker.servers(),
                        "--odometer.kafka.create-topics=true",
                        "--odometer.channels.usage.topic=" + name,
                        "--odometer.streams.application-id=" + name,
                        "--odometer.streams.state-folder=" + folder,
                        "--odometer.streams.interval=200ms",
                        "--odometer.database.url=" + TestDatabase.url().replace("/postgres?", "/" + name + "?"),
                        "--odometer.database.user=postgres",
                        "--odometer.worker.port=0");
    }

    private void send(int from, int to) {
        for (int n = from; n < to; n++) {
            UsageEvent event = usage.event(n);
            if (event.type().equals(Usage.TYPE)) {
                var unused = broker.send(new ProducerRecord<>(name, event.id().getBytes(UTF_8), Usage.json(event)));
            }
        }
        broker.flush();
    }

    /** The events from a number to another that have the type of the meter. */
    private static BigDecimal counted(int from, int to) {
        return BigDecimal.valueOf(
                IntStream.range(from, to).filter(n -> n % 30 != 0).count());
    }

    private static double processed(ConfigurableApplicationContext engine) {
        return engine.getBean(MeterRegistry.class)
                .get("odometer.streams.events")
                .tag("outcome", "counted")
                .counter()
                .count();
    }

    @Test
    void aMeterCountsEveryEventThatIsSentAfterItsCreation() {
        try (var engine = engine()) {
            send(0, 1000);
            Wait.until(() -> processed(engine) >= counted(0, 1000).intValue(), () -> "processed " + processed(engine));
            store.meters().add(Usage.meter(Aggregation.COUNT));
            send(1000, 2000);

            Wait.until(
                    () -> Usage.count(store).compareTo(counted(1000, 2000)) == 0,
                    () -> "counted " + Usage.count(store));
            assertThat(engine.getBean(CountingEngine.class).problem()).isEmpty();
        }
    }

    @Test
    void reportsTheLagAndTheSizeOfTheState() {
        store.meters().add(Usage.meter(Aggregation.COUNT));
        try (var engine = engine()) {
            send(0, 500);
            var meters = engine.getBean(MeterRegistry.class);

            Wait.until(() -> Usage.count(store).compareTo(counted(0, 500)) == 0, () -> "counted " + Usage.count(store));
            Wait.until(
                    () -> meters.get("odometer.streams.identities").gauge().value() > 0,
                    () -> "no identities are reported");
            assertThat(meters.get("odometer.streams.state.size").gauge().value())
                    .isPositive();
            assertThat(meters.get("odometer.streams.lag").gauge().value()).isZero();
            assertThat(processed(engine)).isEqualTo(counted(0, 500).doubleValue());
        }
    }

    @Test
    void refusesItsFirstStartOnADatabaseWithEvents() {
        store.usage().append(List.of(usage.event(1)));

        assertThatThrownBy(this::engine).hasRootCauseInstanceOf(StartRefusal.class);
    }
}
