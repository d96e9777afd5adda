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
 * The question before each use: how much is left. Requests arrive by a timetable, whether or not earlier ones are
 * answered, and latency counts from the time in the table.
 */
final class ValueBenchmark {

    private static final int CONNECTIONS = 32;
    /** For all threads to be waiting when the first request is due. */
    private static final long LEAD = 100_000_000;

    private static final int TURNS = 5;
    private static final int WARM_SECONDS = Integer.getInteger("warm", 15);
    private static final int SECONDS = Integer.getInteger("seconds", 12);
    // As now is: nearly all events are before it, and it is inside a month, a day and an hour.
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
                                new Question("a customer by its key", "/api/v1/customers/customer-%d", ""),
                                new Question(
                                        "what is left, " + events + " events behind it",
                                        "/api/v1/customers/customer-%d/entitlements/tokens/value?time=" + TIME,
                                        "under 5"));
            }
        }
    }

    private record Question(String what, String path, String limit) {}

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

    /** In turns, since a machine is not the same from one minute to the next; medians of the turns are told. */
    private void measure(Question... questions) throws Exception {
        for (int share : List.of(4, 2, 1)) {
            for (Question question : questions) {
                callers.nanos(question.path, WARM_SECONDS * rate / share, rate / share);
            }
        }
        double[][] medians = new double[questions.length][TURNS];
        double[][] tails = new double[questions.length][TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < questions.length; i++) {
                long[] nanos = callers.nanos(questions[i].path, SECONDS * rate, rate);
                medians[i][turn] = Report.percentile(nanos, 0.5);
                tails[i][turn] = Report.percentile(nanos, 0.99);
            }
        }
        for (int i = 0; i < questions.length; i++) {
            Report.line(questions[i].what + ", " + rate + "/s, p50", median(medians[i]), "ms", "");
            Report.line("  p99", median(tails[i]), "ms", questions[i].limit);
            for (double tail : tails[i]) {
                Report.line("    in one of " + TURNS + " turns", tail, "ms", "");
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

    /** Threads with a connection each, which are kept as those of the callers of a service are. */
    private static final class Callers implements AutoCloseable {

        private final List<Connected> connections = new ArrayList<>();
        private final ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);

        Callers(int port) {
            for (int i = 0; i < CONNECTIONS; i++) {
                connections.add(new Connected(port));
            }
        }

        /** How late each answer was, after the time that the table has for its request. */
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
