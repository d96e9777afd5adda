package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the service and its database under the load of eight clients. Every acknowledged event is counted exactly once.
 * A long run: {@code -Dcrash.kills=1000}, which ends earlier after {@code -Dcrash.minutes=20}.
 */
class CrashIT {

    private static final int CLIENTS = 8;
    private static final int KILLS = Integer.getInteger("crash.kills", 20);
    private static final Duration LIMIT = Duration.ofMinutes(Integer.getInteger("crash.minutes", 60));
    private static final int BATCH = 20;

    private final long seed = System.nanoTime();

    @TempDir
    Path folder;

    @Test
    void countsEveryAcknowledgedEventOnce() throws Exception {
        var random = new Random(seed);
        var over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (var service = new PackagedService(folder.resolve("data"))) {
            service.awaitHealthy();
            createMeters(service);
            List<Future<Long>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(threads.submit(client(service, client, over)));
            }
            int kills = kill(service, random);
            over.set(true);
            long sent = 0;
            for (Future<Long> client : clients) {
                sent += client.get();
            }
            check(service, sent, kills);
        } finally {
            threads.shutdownNow();
        }
    }

    /** Kills the service and the database in turn, and returns the number of kills. */
    private static int kill(PackagedService service, Random random) throws Exception {
        long end = System.nanoTime() + LIMIT.toNanos();
        int kills = 0;
        while (kills < KILLS && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(50 + random.nextInt(450));
            if (kills % 2 == 0) {
                service.killServiceAndStartAgain();
            } else {
                service.killDatabase();
            }
            service.awaitHealthy();
            kills++;
        }
        return kills;
    }

    private static void createMeters(PackagedService service) {
        String count = "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}";
        String sum =
                "{\"slug\":\"tokens\",\"aggregation\":\"SUM\",\"eventType\":\"call\",\"valueProperty\":\"$.tokens\"}";
        String unique =
                "{\"slug\":\"ids\",\"aggregation\":\"UNIQUE_COUNT\",\"eventType\":\"call\",\"valueProperty\":\"$.id\"}";
        for (String meter : List.of(count, sum, unique)) {
            assertThat(service.post("/api/v1/meters", "application/json", meter))
                    .isEqualTo(201);
        }
    }

    /** Sends batches, each repeatedly until the response is 204, and returns the number of events. */
    private static Callable<Long> client(PackagedService service, int client, AtomicBoolean over) {
        return () -> {
            long sent = 0;
            for (int n = 0; !over.get(); n++) {
                String batch = batch(client, n);
                int status = 0;
                while (status != 204) {
                    status = service.post("/api/v1/events", "application/cloudevents-batch+json", batch);
                    assertThat(status).isIn(0, 204, 503);
                    if (status != 204) {
                        TimeUnit.MILLISECONDS.sleep(20);
                    }
                }
                sent += BATCH;
            }
            return sent;
        };
    }

    private static String batch(int client, int n) {
        var events = new ArrayList<String>();
        for (int i = 0; i < BATCH; i++) {
            String id = client + "-" + n + "-" + i;
            events.add("{\"specversion\":\"1.0\",\"id\":\"" + id
                    + "\",\"source\":\"crash\",\"type\":\"call\",\"subject\":\"s" + i % 5
                    + "\",\"data\":{\"tokens\":\"0.1\",\"id\":\"" + id + "\"}}");
        }
        return "[" + String.join(",", events) + "]";
    }

    private void check(PackagedService service, long sent, int kills) throws Exception {
        System.out.printf(
                "%d kills, seed %d: %d events acknowledged, %s counted%n", kills, seed, sent, value(service, "calls"));
        assertThat(sent).as("events were counted between the kills").isGreaterThan((long) kills * BATCH);
        assertThat(value(service, "calls")).as("seed %d", seed).isEqualTo(String.valueOf(sent));
        assertThat(value(service, "ids")).as("seed %d", seed).isEqualTo(String.valueOf(sent));
        String tenths = new java.math.BigDecimal(sent)
                .movePointLeft(1)
                .stripTrailingZeros()
                .toPlainString();
        assertThat(value(service, "tokens")).as("seed %d", seed).isEqualTo(tenths);
    }

    private static String value(PackagedService service, String meter) throws Exception {
        String answer = service.get("/api/v1/meters/" + meter + "/query").body();
        return Case.JSON.readTree(answer).at("/data/0/value").toString();
    }
}
