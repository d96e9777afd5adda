package dev.odometer.benchmarks;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The value of an entitlement, as requested before each use. Requests are sent at a fixed rate, whether or not earlier
 * ones have been answered. Latency counts from the scheduled time, so that queueing is included (no coordinated
 * omission).
 */
final class ValueBenchmark {

    private static final int CONNECTIONS = 32;
    /** The delay before the first request, in nanoseconds, by which all threads are ready. */
    private static final long LEAD = 100_000_000;

    private static final int ROUNDS = 5;
    private static final int WARM_SECONDS = Integer.getInteger("warm", 15);
    private static final int SECONDS = Integer.getInteger("seconds", 12);
    // Like the current time: nearly all events are before it, and it lies inside a month, a day and an hour.
    private static final String TIME = "2026-03-31T23:34:56Z";

    private final Callers callers;
    private final int rate;

    private ValueBenchmark(Callers callers, int rate) {
        this.callers = callers;
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
            try (var callers = new Callers(service.port())) {
                new ValueBenchmark(callers, rate)
                        .measure(
                                new Workload("a customer by its key", "/api/v1/customers/customer-%d", ""),
                                new Workload(
                                        "value of an entitlement, " + events + " events",
                                        "/api/v1/customers/customer-%d/entitlements/tokens/value?time=" + TIME,
                                        "under 5"));
            }
        }
    }

    private record Workload(String what, String path, String limit) {}

    private static void entitle(Service service) throws Exception {
        if (service.get("/api/v1/features/tokens").statusCode() == 200) {
            return;
        }
        String json = "application/json";
        assertCreated(service.post(
                "/api/v1/features", json, "{\"key\":\"tokens\",\"name\":\"Tokens\",\"meterSlug\":\"tokens\"}"));
        for (int i = 0; i < Load.SUBJECTS; i++) {
            assertCreated(service.post(
                    "/api/v1/customers", json, "{\"key\":\"customer-%d\",\"name\":\"Customer %d\"}".formatted(i, i)));
            assertCreated(service.post("/api/v2/customers/customer-" + i + "/entitlements", json, """
                            {"type":"metered","featureKey":"tokens","issueAfterReset":50000000,
                             "measureUsageFrom":"2026-01-01T00:00:00Z",
                             "usagePeriod":{"interval":"MONTH","anchor":"2026-01-01T00:00:00Z"}}"""));
        }
    }

    private static void assertCreated(HttpResponse<String> reply) {
        if (reply.statusCode() != 201) {
            throw new IllegalStateException(reply.body());
        }
    }

    /**
     * Measures in alternating rounds, since the speed of a machine varies over minutes, and reports the medians of the
     * rounds.
     */
    private void measure(Workload... workloads) throws Exception {
        for (int share : List.of(4, 2, 1)) {
            for (Workload question : workloads) {
                callers.nanos(question.path, WARM_SECONDS * rate / share, rate / share);
            }
        }
        double[][] medians = new double[workloads.length][ROUNDS];
        double[][] tails = new double[workloads.length][ROUNDS];
        for (int turn = 0; turn < ROUNDS; turn++) {
            for (int i = 0; i < workloads.length; i++) {
                long[] nanos = callers.nanos(workloads[i].path, SECONDS * rate, rate);
                medians[i][turn] = Report.percentile(nanos, 0.5);
                tails[i][turn] = Report.percentile(nanos, 0.99);
            }
        }
        for (int i = 0; i < workloads.length; i++) {
            Report.line(workloads[i].what + ", " + rate + "/s, p50", median(medians[i]), "ms", "");
            Report.line("  p99", median(tails[i]), "ms", workloads[i].limit);
            for (double tail : tails[i]) {
                Report.line("    in one of " + ROUNDS + " rounds", tail, "ms", "");
            }
        }
    }

    private static double median(double[] figures) {
        return Arrays.stream(figures)
                .sorted()
                .skip(figures.length / 2)
                .findFirst()
                .orElseThrow();
    }

    /** Threads with one keep-alive connection each, like the callers of a service. */
    private static final class Callers implements AutoCloseable {

        private final List<Connected> connections = new ArrayList<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

        Callers(int port) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(new Connected(port));
            }
        }

        /** The latency of each response after the scheduled time of its request. */
        long[] nanos(String path, int number, int rate) throws Exception {
            long[] nanos = new long[number];
            var next = new AtomicInteger();
            long start = System.nanoTime() + LEAD;
            var work = new ArrayList<Callable<Void>>();
            for (Connected connection : connections) {
                work.add(() -> {
                    for (int i = next.getAndIncrement(); i < number; i = next.getAndIncrement()) {
                        long due = start + i * 1_000_000_000L / rate;
                        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                            LockSupport.parkNanos(left);
                        }
                        connection.get(path.formatted(i % Load.SUBJECTS), 200);
                        nanos[i] = System.nanoTime() - due;
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
            return nanos;
        }

        @Override
        public void close() throws IOException {
            threads.shutdown();
            for (Connected connection : connections) {
                connection.close();
            }
        }
    }
}
