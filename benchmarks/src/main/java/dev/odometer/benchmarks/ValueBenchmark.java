package dev.odometer.benchmarks;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The question before each use: how much is left. Requests arrive by a timetable, whether or not earlier ones are
 * answered, and latency counts from the time in the table.
 */
final class ValueBenchmark {

    private static final int WARM_SECONDS = Integer.getInteger("warm", 20);
    private static final int SECONDS = Integer.getInteger("seconds", 30);
    // Inside a month, a day and an hour, so that every level of rollups is read.
    private static final String TIME = "2026-03-20T17:34:56Z";

    private final Service service;
    private final int rate;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private ValueBenchmark(Service service, int rate) {
        this.service = service;
        this.rate = rate;
    }

    static void run(Path app) throws Exception {
        long events = Long.getLong("events", 10_000_000);
        int rate = Integer.getInteger("rate", 1000);
        Path folder = QueryBenchmark.folder(events);
        boolean isLoaded = Files.exists(folder);
        Files.createDirectories(folder);
        try (var service = Service.start(app, folder, "-Xmx256m")) {
            QueryBenchmark.load(service, events, isLoaded);
            entitle(service);
            var benchmark = new ValueBenchmark(service, rate);
            benchmark.measure("a customer by its key", "/api/v1/customers/customer-%d", "");
            benchmark.measure(
                    "what is left, " + events + " events behind it",
                    "/api/v1/customers/customer-%d/entitlements/tokens/value?time=" + TIME,
                    "under 5");
        }
    }

    private static void entitle(Service service) throws Exception {
        if (service.get("/api/v1/features/tokens").statusCode() == 200) {
            return;
        }
        String json = "application/json";
        made(service.post(
                "/api/v1/features", json, "{\"key\":\"tokens\",\"name\":\"Tokens\",\"meterSlug\":\"tokens\"}"));
        for (int i = 0; i < Load.SUBJECTS; i++) {
            made(service.post(
                    "/api/v1/customers", json, "{\"key\":\"customer-%d\",\"name\":\"Customer %d\"}".formatted(i, i)));
            made(service.post("/api/v2/customers/customer-" + i + "/entitlements", json, """
                            {"type":"metered","featureKey":"tokens","issueAfterReset":50000000,
                             "measureUsageFrom":"2026-01-01T00:00:00Z",
                             "usagePeriod":{"interval":"MONTH","anchor":"2026-01-01T00:00:00Z"}}"""));
        }
    }

    private static void made(HttpResponse<String> reply) {
        if (reply.statusCode() != 201) {
            throw new IllegalStateException(reply.body());
        }
    }

    private void measure(String what, String path, String limit) throws Exception {
        arrivals(path, WARM_SECONDS * rate);
        long[] nanos = arrivals(path, SECONDS * rate);
        Report.line(what + ", " + rate + "/s, p50", Report.percentile(nanos, 0.5), "ms", "");
        Report.line("  p99", Report.percentile(nanos, 0.99), "ms", limit);
    }

    private long[] arrivals(String path, int number) throws Exception {
        long[] nanos = new long[number];
        var open = new CountDownLatch(number);
        var wrong = new AtomicInteger();
        long start = System.nanoTime();
        for (int i = 0; i < number; i++) {
            int arrival = i;
            long due = start + arrival * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            URI uri = URI.create("http://127.0.0.1:" + service.port() + path.formatted(arrival % Load.SUBJECTS));
            var answer = client.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
            var unused = answer.whenComplete((reply, failure) -> {
                nanos[arrival] = System.nanoTime() - due;
                if (failure != null || Objects.requireNonNull(reply).statusCode() != 200) {
                    wrong.incrementAndGet();
                }
                open.countDown();
            });
        }
        if (!open.await(60, TimeUnit.SECONDS) || wrong.get() > 0) {
            throw new IllegalStateException(wrong + " wrong answers, " + open.getCount() + " missing");
        }
        return nanos;
    }
}
