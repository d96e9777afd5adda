package dev.odometer.benchmarks;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * The question before each use: how much is left. Requests arrive by a timetable, whether or not earlier ones are
 * answered, and latency counts from the time in the table.
 */
final class ValueBenchmark {

    private static final int CONNECTIONS = 32;
    private static final int TURNS = 5;
    private static final int WARM_SECONDS = Integer.getInteger("warm", 15);
    private static final int SECONDS = Integer.getInteger("seconds", 12);
    // As now is: nearly all events are before it, and it is inside a month, a day and an hour.
    private static final String TIME = "2026-03-31T23:34:56Z";

    private final Service service;
    private final int rate;

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
            benchmark.measure(
                    new Question("a customer by its key", "/api/v1/customers/customer-%d", ""),
                    new Question(
                            "what is left, " + events + " events behind it",
                            "/api/v1/customers/customer-%d/entitlements/tokens/value?time=" + TIME,
                            "under 5"));
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
                arrivals(question.path, WARM_SECONDS * rate / share, rate / share);
            }
        }
        double[][] medians = new double[questions.length][TURNS];
        double[][] tails = new double[questions.length][TURNS];
        for (int turn = 0; turn < TURNS; turn++) {
            for (int i = 0; i < questions.length; i++) {
                long[] nanos = arrivals(questions[i].path, SECONDS * rate, rate);
                medians[i][turn] = Report.percentile(nanos, 0.5);
                tails[i][turn] = Report.percentile(nanos, 0.99);
            }
        }
        for (int i = 0; i < questions.length; i++) {
            Report.line(questions[i].what + ", " + rate + "/s, p50", median(medians[i]), "ms", "");
            Report.line("  p99", median(tails[i]), "ms", questions[i].limit);
            Report.line(
                    "  p99, the best of " + TURNS + " turns",
                    Arrays.stream(tails[i]).min().orElseThrow(),
                    "ms",
                    "");
            Report.line("  p99, the worst", Arrays.stream(tails[i]).max().orElseThrow(), "ms", "");
        }
    }

    private static double median(double[] figures) {
        return Arrays.stream(figures)
                .sorted()
                .skip(figures.length / 2)
                .findFirst()
                .orElseThrow();
    }

    private long[] arrivals(String path, int number, int rate) throws Exception {
        long[] nanos = new long[number];
        var connections = ThreadLocal.withInitial(() -> new Connected(service.port()));
        long start = System.nanoTime();
        IngestBenchmark.seconds(CONNECTIONS, number, arrival -> {
            long due = start + arrival * 1_000_000_000L / rate;
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            connections.get().get(path.formatted(arrival % Load.SUBJECTS), 200);
            nanos[(int) arrival] = System.nanoTime() - due;
        });
        return nanos;
    }
}
