package dev.odometer.kafka.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.Migrations;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Future;
import javax.sql.DataSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills, suspends and restarts one of two processes under load. Afterwards, all totals equal those of the same events
 * appended to a database directly, and each poison message is a dead letter once.
 */
@Tag("long")
class CrashIT {

    private static final int PARTITIONS = 3;
    private static final int BURST = 40;
    /** Longer than the session of a consumer. */
    private static final int SUSPENSION_MILLIS = 9000;

    @TempDir
    static Path folder;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final Usage usage = new Usage(new Random(seed));

    /** Sends events until it is stopped. */
    private final class Load implements AutoCloseable {

        private final TestBroker broker;
        private final List<UsageEvent> events = new ArrayList<>();
        private final List<Future<RecordMetadata>> sent = new ArrayList<>();
        private final List<String> poison = new ArrayList<>();
        private final Random choice = new Random(seed + 1);
        private final Thread thread = new Thread(this::run, "load");
        private volatile boolean isOver;

        Load(TestBroker broker) {
            this.broker = broker;
            thread.start();
        }

        private void run() {
            while (!isOver) {
                for (int i = 0; i < BURST; i++) {
                    sendOne();
                }
                Wait.pause(100);
            }
        }

        private void sendOne() {
            int n = events.size();
            UsageEvent event = usage.event(n);
            events.add(event);
            send(event);
            if (n % 7 == 0) {
                // Of any earlier event, in any partition.
                send(events.get(choice.nextInt(events.size())));
            }
            if (n % 100 == 0) {
                String text = "no event " + n;
                poison.add(text);
                sent.add(broker.send(new ProducerRecord<>("usage", "k".getBytes(UTF_8), text.getBytes(UTF_8))));
            }
        }

        private void send(UsageEvent event) {
            int partition = choice.nextInt(PARTITIONS);
            byte[] key = event.subject().getBytes(UTF_8);
            sent.add(broker.send(
                    choice.nextInt(3) == 0
                            ? new ProducerRecord<>("usage", partition, key, Usage.data(event), Usage.headers(event))
                            : new ProducerRecord<>("usage", partition, key, Usage.json(event))));
        }

        void stop() throws Exception {
            isOver = true;
            thread.join();
            broker.flush();
            for (Future<RecordMetadata> acknowledgment : sent) {
                acknowledgment.get();
            }
        }

        @Override
        public void close() {
            isOver = true;
        }
    }

    @Test
    void countsAsTheDirectPathThroughTwentyFaults() throws Exception {
        survives("long", 20);
    }

    private void survives(String name, int rounds) throws Exception {
        PostgresStore streams = store("streams_" + name);
        PostgresStore direct = store("direct_" + name);
        var engines = new ArrayList<EngineProcess>();
        try (var broker = new TestBroker()) {
            broker.create("usage", PARTITIONS);
            broker.create("usage.parked", 1);
            try (var load = new Load(broker)) {
                engines.add(engine(broker, name, 0));
                engines.add(engine(broker, name, 1));
                Wait.until(() -> areCounting(engines, streams), () -> "nothing was counted");
                for (int round = 0; round < rounds; round++) {
                    fault(round, engines.get(random.nextInt(engines.size())));
                }
                load.stop();
                for (int from = 0; from < load.events.size(); from += 1000) {
                    direct.usage().append(load.events.subList(from, Math.min(load.events.size(), from + 1000)));
                }
                check(streams, Usage.totals(direct), load, broker);
            }
        } finally {
            engines.forEach(EngineProcess::close);
        }
    }

    private static boolean areCounting(List<EngineProcess> engines, PostgresStore streams) {
        assertThat(engines).allMatch(EngineProcess::isAlive);
        return !Usage.totals(streams).isEmpty();
    }

    private void fault(int round, EngineProcess engine) throws Exception {
        Wait.pause(1000 + random.nextInt(3000));
        switch (round % 3) {
            case 0 -> engine.killAndRestart();
            case 1 -> engine.suspend(SUSPENSION_MILLIS);
            default -> engine.restart();
        }
    }

    private void check(PostgresStore streams, List<String> expected, Load load, TestBroker broker) throws Exception {
        Wait.until(() -> Usage.totals(streams).equals(expected), () -> "seed " + seed + ": the totals differ");
        // Whatever comes later must not change them.
        Wait.pause(3000);
        assertThat(Usage.totals(streams)).as("seed %d", seed).isEqualTo(expected);
        assertThat(load.events).hasSizeGreaterThan(1000);
        assertThat(broker.read("usage.parked"))
                .as("seed %d", seed)
                .extracting(deadLetter -> new String(deadLetter.value(), UTF_8))
                .containsExactlyInAnyOrderElementsOf(load.poison);
    }

    private static PostgresStore store(String name) {
        DataSource source = TestDatabase.newDatabase(name);
        Migrations.apply(source);
        var store = new PostgresStore(source, Clock.systemUTC());
        Usage.addMeters(store);
        return store;
    }

    private static EngineProcess engine(TestBroker broker, String name, int number) throws Exception {
        return engine(
                broker,
                folder.resolve(String.valueOf(number)),
                name,
                List.of(
                        "--odometer.streams.interval=1s",
                        "--odometer.streams.properties.consumer.session.timeout.ms=6000",
                        "--odometer.streams.properties.consumer.heartbeat.interval.ms=1000"));
    }

    /** Starts an engine on the database streams_NAME. */
    static EngineProcess engine(TestBroker broker, Path folder, String name, List<String> more) throws Exception {
        var settings = new ArrayList<>(List.of(
                "--odometer.kafka.bootstrap-servers=" + broker.servers(),
                "--odometer.streams.application-id=" + name,
                "--odometer.streams.state-folder=" + folder,
                "--odometer.streams.memory-mib=16",
                "--odometer.database.url=" + TestDatabase.url().replace("/postgres?", "/streams_" + name + "?"),
                "--odometer.database.user=postgres",
                "--odometer.worker.port=0"));
        settings.addAll(more);
        return new EngineProcess(Path.of("target", name + "-" + folder.getFileName() + ".log"), settings);
    }
}
