package dev.odometer.conformance;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Queries whose clients have left are canceled, and until then they leave the connections of ingest alone. */
class AbandonedQueriesIT {

    private static final int QUERIES = 12;
    private static final int POOL_SIZE = 6;
    private static final Duration MAX_WAIT = Duration.ofMinutes(2);
    private static final String RUNNING =
            "select count(*) from pg_stat_activity where datname = 'abandoned' and state = 'active'"
                    + " and wait_event_type = 'Lock'";

    @TempDir
    Path folder;

    private static String event(int n) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + n
                + "\",\"source\":\"abandoned\",\"type\":\"call\",\"subject\":\"acme\",\"data\":{}}";
    }

    @Test
    void doNotDelayIngestAndAreCanceled() throws Exception {
        Map<String, String> settings = new HashMap<>(Databases.fresh("abandoned"));
        settings.put("ODOMETER_DATABASE_POOL_SIZE", String.valueOf(POOL_SIZE));
        // Longer than the test waits: only a cancellation can end the queries.
        settings.put("ODOMETER_DATABASE_STATEMENT_TIMEOUT", "1h");
        try (var service = new PackagedService(folder.resolve("data"), settings)) {
            service.awaitHealthy();
            service.posted("/api/v1/meters", "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}");
            ingest(service, 0);
            try (Connection other = locked(settings)) {
                abandonAndIngest(service);
                other.rollback();
            }
            assertThat(service.get("/api/v1/meters/calls/query").body()).contains("\"value\":6");
        }
    }

    private static void abandonAndIngest(PackagedService service) throws Exception {
        var clients = new ArrayList<Socket>();
        for (int i = 0; i < QUERIES; i++) {
            clients.add(query(service.port()));
        }
        // The memory budget of answers may admit fewer queries than the pool.
        await(running -> running >= 1 && running <= POOL_SIZE - 2);
        for (int n = 1; n <= 5; n++) {
            ingest(service, n);
        }
        assertThat(Databases.number("abandoned", RUNNING)).isPositive();
        // To the server, this is what a closed connection is; here, its answer can still be read.
        for (Socket client : clients) {
            client.shutdownOutput();
        }
        for (Socket client : clients) {
            try (client) {
                assertThat(new String(client.getInputStream().readAllBytes(), US_ASCII))
                        .startsWith("HTTP/1.1 503");
            }
        }
        // Neither those that ran nor those that waited for a connection.
        await(running -> running == 0);
    }

    /** Locks tables that queries read and appends do not write. */
    private static Connection locked(Map<String, String> settings) throws Exception {
        Connection connection = DriverManager.getConnection(
                settings.get("ODOMETER_DATABASE_URL"),
                settings.get("ODOMETER_DATABASE_USER"),
                settings.get("ODOMETER_DATABASE_PASSWORD"));
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute(
                    "lock table rollup_minute, rollup_hour, rollup_day, rollup_month in access exclusive mode");
        }
        return connection;
    }

    private static void ingest(PackagedService service, int n) {
        assertThat(service.post("/api/v1/events", "application/cloudevents+json", event(n)))
                .isEqualTo(204);
    }

    private static Socket query(int port) throws Exception {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout((int) MAX_WAIT.toMillis());
        socket.getOutputStream()
                .write("GET /api/v1/meters/calls/query HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
        return socket;
    }

    /** Waits until the number of running queries is as expected. */
    private static void await(LongPredicate expected) throws InterruptedException {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        long running = Databases.number("abandoned", RUNNING);
        while (!expected.test(running)) {
            assertThat(System.nanoTime()).as("%d running", running).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(50);
            running = Databases.number("abandoned", RUNNING);
        }
    }
}
