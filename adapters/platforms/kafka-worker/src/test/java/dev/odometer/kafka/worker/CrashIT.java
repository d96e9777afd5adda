package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills packaged workers, the broker or the database under load. Afterwards, the meters equal what was sent, and each
 * poison message is stored as a dead letter once.
 */
@Tag("long")
class CrashIT {

    private static final int PARTITIONS = 6;
    private static final int ROUNDS = 20;
    private static final Duration TIMEOUT = Duration.ofMinutes(2);

    @TempDir
    static Path folder;

    private static BrokerProcess kafka;
    private static DatabaseProcess database;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    @BeforeAll
    static void start() throws Exception {
        kafka = new BrokerProcess(folder.resolve("kafka"), Map.of());
        database = new DatabaseProcess(folder.resolve("database"));
    }

    @AfterAll
    static void stop() throws Exception {
        kafka.close();
        database.close();
    }

    /** The fault that is injected in each round. */
    private interface Fault {
        void inject(List<WorkerProcess> workers) throws Exception;
    }

    @Test
    void countsOnceWhenWorkersAreKilledTwentyTimes() throws Exception {
        survives(3, ROUNDS, workers -> {
            Wait.pause(300 + random.nextInt(1500));
            workers.get(random.nextInt(workers.size())).killAndRestart();
        });
    }

    @Test
    void countsOnceWhenTheBrokerIsKilled() throws Exception {
        survives(2, 3, workers -> {
            Wait.pause(3000 + random.nextInt(2000));
            kafka.killAndRestart();
        });
    }

    @Test
    void countsOnceWhenTheDatabaseIsKilled() throws Exception {
        survives(2, 3, workers -> {
            Wait.pause(3000 + random.nextInt(1000));
            database.killAndRestart(random.nextInt(2000));
        });
    }

    private void survives(int count, int rounds, Fault fault) throws Exception {
        var platform = new Platform(kafka.servers(), database.source(), database.url(), "postgres", "", Map.of());
        var workers = new ArrayList<WorkerProcess>();
        try (var bench = new Workbench(platform, PARTITIONS);
                var load = new Load(bench, PARTITIONS)) {
            for (int i = 0; i < count; i++) {
                workers.add(worker(bench, i));
            }
            Wait.until(TIMEOUT, () -> bench.calls().signum() > 0, () -> "no event was counted");
            for (int round = 0; round < rounds; round++) {
                fault.inject(workers);
            }
            load.stop();
            Wait.until(TIMEOUT, () -> bench.broker.lag(bench.group(), bench.topic()) == 0, () -> "the lag is not 0");
            check(bench, load);
        } finally {
            for (WorkerProcess worker : workers) {
                worker.close();
            }
        }
    }

    private static WorkerProcess worker(Workbench bench, int number) throws Exception {
        return new WorkerProcess(
                folder.resolve(bench.topic() + "-" + number + ".log"),
                Map.of(),
                bench.arguments(
                        "--odometer.kafka.instance-id=worker" + number,
                        "--odometer.kafka.properties.session.timeout.ms=6000",
                        "--odometer.kafka.properties.heartbeat.interval.ms=1000",
                        "--odometer.kafka.properties.max.poll.records=500"));
    }

    private void check(Workbench bench, Load load) {
        int sent = load.events();
        assertThat(sent).as("events sent between the kills").isGreaterThan(1000);
        assertThat(bench.calls()).as("seed %d", seed).isEqualByComparingTo(BigDecimal.valueOf(sent));
        assertThat(bench.tokens()).as("seed %d", seed).isEqualByComparingTo(BigDecimal.valueOf(sent, 1));
        assertThat(bench.broker.read(bench.deadLetterTopic()))
                .as("seed %d", seed)
                .extracting(deadLetter -> new String(deadLetter.value(), StandardCharsets.UTF_8))
                .doesNotHaveDuplicates()
                .hasSize(load.poison());
    }
}
