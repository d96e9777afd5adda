package dev.odometer.benchmarks;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/** Ingest in batches and one by one, compared with COPY into a table without rollups. */
final class IngestBenchmark {

    private static final int CLIENTS = 4;
    private static final int CONNECTIONS = 32;
    private static final Pattern ID = Pattern.compile("\"id\":\"([0-9A-Z]{26})\"");
    private static final int SINGLES = 100_000;

    private final Service service;
    private final long events = Long.getLong("events", 2_000_000);

    IngestBenchmark(Service service) {
        this.service = service;
    }

    void run(List<String> named) throws Exception {
        Load.meters(service);
        if (named.contains("ingest")) {
            batches();
        }
        if (named.contains("single")) {
            singles();
        }
    }

    interface Work {
        void run(long number) throws Exception;
    }

    /** The seconds that the threads take to run the work for all numbers below the count. */
    static double seconds(int threads, long count, Work work) throws Exception {
        var next = new AtomicLong();
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        long start = System.nanoTime();
        List<Callable<Void>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            tasks.add(() -> {
                for (long n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                    work.run(n);
                }
                return null;
            });
        }
        for (Future<Void> done : executor.invokeAll(tasks)) {
            done.get();
        }
        executor.shutdown();
        return (System.nanoTime() - start) / 1e9;
    }

    /** Ingests events in batches and verifies that each is counted once. Returns events per second. */
    static double rate(Service service, long events) throws Exception {
        return rate(service, 0, events);
    }

    /** Ingests the events from a number on, after all events before it. */
    private static double rate(Service service, long first, long events) throws Exception {
        double seconds = seconds(CLIENTS, events / Load.BATCH, n -> {
            String body = Load.batch(first + n * Load.BATCH, i -> Instant.now());
            int status = service.post("/api/v1/events", "application/cloudevents-batch+json", body)
                    .statusCode();
            if (status != 204) {
                throw new IllegalStateException("unexpected status " + status);
            }
        });
        String total = service.get("/api/v1/meters/requests/query").body();
        if (!total.contains("\"value\":" + (first + events) + ",")) {
            throw new IllegalStateException("not all events are counted once: " + total);
        }
        return events / seconds;
    }

    private void batches() throws Exception {
        double rate = rate(service, events);
        Report.line("batch ingest, 1,000 per batch, " + events + " events", rate, "events/s", "at least 20,000");
        Report.line("  peak resident memory of the JVM at -Xmx256m", service.peakMebibytes(), "MiB", "");
        addRule();
        double withRule = rate(service, events, events);
        Report.line("  with a rule on the requests per subject and day", withRule, "events/s", "");
        Report.line("  ratio to the rate without the rule", withRule / rate, "", "");
        double limit = events / copySeconds("copy_limit", 1);
        Report.line("  limit: one COPY per batch of the same rows and key", limit, "events/s", "");
        Report.line("  ratio to the limit", rate / limit, "", "at least 0.25");
        Report.line("  the same COPY on 4 connections", events / copySeconds("copy_parallel", CLIENTS), "events/s", "");
    }

    /** A rule that is evaluated for every event, with a threshold that none crosses. */
    private void addRule() throws Exception {
        String channel = created(
                "/api/v1/notification/channels",
                "{\"type\":\"WEBHOOK\",\"name\":\"unused\",\"disabled\":true,\"url\":\"https://example.com/\"}");
        created(
                "/api/v1/notification/rules",
                "{\"type\":\"meters.usage.threshold\",\"name\":\"many\",\"meter\":\"requests\",\"windowSize\":\"DAY\","
                        + "\"channels\":[\"" + channel + "\"],"
                        + "\"thresholds\":[{\"type\":\"usage_value\",\"value\":1000000000}]}");
    }

    private String created(String path, String body) throws Exception {
        String answer = service.post(path, "application/json", body).body();
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            throw new IllegalStateException(answer);
        }
        return id.group(1);
    }

    /** The seconds for one COPY and commit per batch of the same rows. */
    double copySeconds(String table, int connections) throws Exception {
        try (Connection database = service.database();
                Statement statement = database.createStatement()) {
            statement.execute("create table " + table + " (key bytea primary key, source text, id text, type text,"
                    + " subject text, happened_at bigint, data text)");
        }
        var connection = ThreadLocal.withInitial(() -> {
            try {
                return service.database();
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        });
        return seconds(
                connections,
                events / Load.BATCH,
                n -> connection
                        .get()
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("copy " + table + " from stdin", new StringReader(rows(n * Load.BATCH))));
    }

    private static String rows(long first) throws Exception {
        var rows = new StringBuilder(Load.BATCH * 200);
        var sha256 = java.security.MessageDigest.getInstance("SHA-256");
        for (long i = first; i < first + Load.BATCH; i++) {
            byte[] key = sha256.digest(("benchmark event-" + i).getBytes(StandardCharsets.UTF_8));
            var random = new java.util.SplittableRandom(i);
            rows.append("\\\\x")
                    .append(HexFormat.of().formatHex(key, 0, 16))
                    .append("\tbenchmark\tevent-")
                    .append(i)
                    .append("\trequest\tcustomer-")
                    .append(random.nextInt(Load.SUBJECTS))
                    .append('\t')
                    .append(System.currentTimeMillis() * 1000)
                    .append("\t{\"tokens\":")
                    .append(random.nextInt(10_000))
                    .append(",\"model\":\"model-1\",\"region\":\"region-1\",\"duration_ms\":\"12.5\"}\n");
        }
        return rows.toString();
    }

    private void singles() throws Exception {
        long[] nanos = new long[SINGLES];
        var connections = ThreadLocal.withInitial(() -> new Connected(service.port()));
        seconds(CONNECTIONS, SINGLES / 5, n -> post(connections.get(), "warm-" + n));
        double seconds = seconds(CONNECTIONS, SINGLES, n -> {
            long start = System.nanoTime();
            post(connections.get(), "single-" + n);
            nanos[(int) n] = System.nanoTime() - start;
        });
        Report.line("single events, 32 connections", SINGLES / seconds, "requests/s", "at least 3,000");
        Report.line("  p50", Report.percentile(Arrays.copyOf(nanos, SINGLES), 0.5), "ms", "");
        Report.line("  p99", Report.percentile(nanos, 0.99), "ms", "under 50");
    }

    private static void post(Connected connection, String id) throws IOException {
        String body = "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"singles\",\"type\":\"request\","
                + "\"subject\":\"customer-1\",\"data\":{\"tokens\":7,\"model\":\"model-1\",\"region\":\"region-1\","
                + "\"duration_ms\":\"12.5\"}}";
        connection.post("/api/v1/events", "application/cloudevents+json", body, 204);
    }
}
