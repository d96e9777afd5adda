package dev.odometer.benchmarks;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Requests that take much memory, 32 of each kind at once, at {@code -Xmx256m}: the service answers or refuses each, goes
 * on, and answers small requests beside them.
 */
final class MemoryBenchmark {

    private static final int PARALLEL = 32;
    private static final int BATCH = 1000;
    private static final int MINUTES_OF_A_YEAR = 525_600;
    private static final int GROUPS = 1_000_000;
    private static final int SUBJECTS = 300_000;
    private static final int BODY_BYTES = 9_500_000;
    private static final Duration MAX_LOADING = Duration.ofSeconds(40);
    private static final Instant YEAR = Instant.parse("2025-01-01T00:00:00Z");
    private static final String EVENTS = "application/cloudevents-batch+json";
    private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

    private final Service service;

    private MemoryBenchmark(Service service) {
        this.service = service;
    }

    static void run(Path app) throws Exception {
        Path folder = TemporaryFolder.create("odometer-memory");
        try (var service = Service.start(
                app,
                folder,
                "-Xmx256m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Dodometer.portal.token-secret=0123456789abcdef0123456789abcdef")) {
            new MemoryBenchmark(service).run();
        }
    }

    private void run() throws Exception {
        load();
        Report.line("small request, p99, nothing beside", quiet(), "ms", "");
        HttpRequest.Builder portal = service.request(
                        "/api/v1/portal/meters/minutes/query?windowSize=MINUTE&from=2025-01-01T00:00:00Z")
                .header("Authorization", "Bearer " + token());
        burst("portal, MINUTE over a year", n -> portal.build());
        burst(
                "as many rows as are allowed",
                n -> get("/api/v1/meters/minutes/query?windowSize=MINUTE&subject=busy"
                        + "&from=2025-01-01T00:00:00Z&to=2025-02-04T00:00:00Z"));
        burst("groupBy over all groups", n -> get("/api/v1/meters/wide/query?groupBy=group"));
        burst("filterGroupBy of one group", n -> get("/api/v1/meters/wide/query?filterGroupBy%5Bgroup%5D=group-" + n));
        burst("subjects", n -> get("/api/v1/subjects"));
        burst("subjects of a meter", n -> get("/api/v1/meters/wide/subjects"));
        burst("batches on 100 meters of 32 group-bys", n -> post(batch(n * BATCH, MemoryBenchmark::dense)));
        burst("bodies of 9.5 MB", n -> post(largeBody(n)));
        Report.line("peak resident memory of the JVM at -Xmx256m", service.peakMebibytes(), "MiB", "");
        Report.line("the service runs", service.isAlive() ? 1 : 0, "", "1");
    }

    private void load() throws Exception {
        service.meter("{\"slug\":\"minutes\",\"aggregation\":\"COUNT\",\"eventType\":\"minute\"}");
        service.meter("{\"slug\":\"wide\",\"aggregation\":\"SUM\",\"eventType\":\"wide\",\"valueProperty\":\"$.value\","
                + "\"groupBy\":{\"group\":\"$.group\"}}");
        String groupBy = IntStream.range(0, 32)
                .mapToObj(i -> "\"key_" + i + "\":\"$.key_" + i + "\"")
                .collect(Collectors.joining(",", "{", "}"));
        for (int i = 0; i < 100; i++) {
            service.meter("{\"slug\":\"dense_" + i + "\",\"aggregation\":\"COUNT\",\"eventType\":\"dense\",\"groupBy\":"
                    + groupBy + "}");
        }
        load("minutes", MINUTES_OF_A_YEAR, n -> post(batch(n, MemoryBenchmark::minute)));
        load("groups", GROUPS, n -> post(batch(n, MemoryBenchmark::wide)));
        load("entries of subjects", SUBJECTS, n -> subjects(n));
    }

    /** Loads until its part of two minutes is over, since a million series take long on a slow disk. */
    private void load(String what, int count, LongFunction<HttpRequest> batch) throws Exception {
        long start = System.nanoTime();
        var executor = Executors.newFixedThreadPool(4);
        List<Callable<Boolean>> batches = new ArrayList<>();
        for (long first = 0; first < count; first += BATCH) {
            long from = first;
            batches.add(() ->
                    System.nanoTime() - start < MAX_LOADING.toNanos() && service.status(batch.apply(from)) / 100 == 2);
        }
        int loaded = 0;
        for (Future<Boolean> done : executor.invokeAll(batches)) {
            loaded += done.get() ? BATCH : 0;
        }
        executor.shutdown();
        Report.line("loaded: " + what, loaded, "", "");
    }

    /** Sends all requests at once, and small ones until the last of them is answered. */
    private void burst(String what, LongFunction<HttpRequest> request) throws Exception {
        var executor = Executors.newFixedThreadPool(PARALLEL);
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < PARALLEL; i++) {
            long number = i;
            answers.add(executor.submit(() -> service.status(request.apply(number))));
        }
        List<Long> nanos = new ArrayList<>();
        while (!answers.stream().allMatch(Future::isDone)) {
            nanos.add(small());
        }
        executor.shutdown();
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (Future<Integer> answer : answers) {
            statuses.merge(answer.get(), 1, Integer::sum);
        }
        double p99 = Report.percentile(nanos.stream().mapToLong(n -> n).toArray(), 0.99);
        Report.line(what + ", small request beside, p99", p99, "ms", "statuses " + statuses);
    }

    private double quiet() throws Exception {
        long[] nanos = new long[200];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = small();
        }
        return Report.percentile(nanos, 0.99);
    }

    /** The time of a request for a meter. */
    private long small() throws Exception {
        long start = System.nanoTime();
        if (service.status(get("/api/v1/meters/minutes")) != 200) {
            throw new IllegalStateException("a small request failed");
        }
        return System.nanoTime() - start;
    }

    private String token() throws Exception {
        String created = service.post("/api/v1/portal/tokens", "application/json", "{\"subject\":\"busy\"}")
                .body();
        Matcher token = TOKEN.matcher(created);
        if (!token.find()) {
            throw new IllegalStateException(created);
        }
        return token.group(1);
    }

    private HttpRequest get(String path) {
        return service.request(path).build();
    }

    private HttpRequest post(String events) {
        return service.request("/api/v1/events")
                .header("Content-Type", EVENTS)
                .POST(BodyPublishers.ofString(events))
                .build();
    }

    private HttpRequest subjects(long first) {
        String body = IntStream.range(0, BATCH)
                .mapToObj(i -> "{\"key\":\"entry-" + (first + i) + "\",\"displayName\":\"Entry " + (first + i) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
        return service.request("/api/v1/subjects")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private static String batch(long first, LongFunction<String> event) {
        var json = new StringBuilder("[");
        for (long i = first; i < first + BATCH; i++) {
            json.append(i > first ? "," : "").append(event.apply(i));
        }
        return json.append(']').toString();
    }

    private static String event(String type, long number, String subject, String rest) {
        return "{\"specversion\":\"1.0\",\"source\":\"memory\",\"type\":\"" + type + "\",\"id\":\"" + type + number
                + "\",\"subject\":\"" + subject + "\"," + rest + "}";
    }

    private static String minute(long number) {
        return event("minute", number, "busy", "\"time\":\"" + YEAR.plusSeconds(60 * number) + "\"");
    }

    private static String wide(long number) {
        return event(
                "wide",
                number,
                "subject-" + number,
                "\"time\":\"" + YEAR + "\",\"data\":{\"value\":1,\"group\":\"group-" + number + "\"}");
    }

    private static String dense(long number) {
        return event(
                "dense",
                number,
                "subject-" + number % 10,
                IntStream.range(0, 32)
                        .mapToObj(i -> "\"key_" + i + "\":" + (number % 100 * 100 + i))
                        .collect(Collectors.joining(",", "\"time\":\"" + YEAR + "\",\"data\":{", "}")));
    }

    /** Many small events, since their objects take more memory than a long text. */
    private static String largeBody(long number) {
        var json = new StringBuilder(BODY_BYTES).append('[');
        for (long i = 0; json.length() < BODY_BYTES - 200; i++) {
            json.append(i > 0 ? "," : "").append(event("unmetered", number * GROUPS + i, "busy", "\"data\":{\"a\":1}"));
        }
        return json.append(']').toString();
    }
}
