package dev.odometer.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Queries over 90 days of 1,000 subjects, with one and with ten million stored events. */
final class QueryBenchmark {

    private static final Duration DAYS = Duration.ofDays(90);
    private static final Instant END = Instant.parse("2026-04-01T00:00:00Z");
    private static final int RUNS = 400;

    private QueryBenchmark() {}

    static void run(Path app) throws Exception {
        long many = Long.getLong("events", 10_000_000);
        Map<String, Double> few = figures(app, many / 10, false);
        Map<String, Double> all = figures(app, many, true);
        line("one subject by DAY over 90 days, p99", all, few, "under 20");
        line("one subject by DAY in a zone at +05:30, p99", all, few, "");
        line("all subjects, total, p99", all, few, "under 150");
        line("all subjects by subject and DAY, median", all, few, "");
    }

    private static void line(String what, Map<String, Double> all, Map<String, Double> few, String limit) {
        double many = all.getOrDefault(what, Double.NaN);
        double tenth = few.getOrDefault(what, Double.NaN);
        Report.line(what, many, "ms", limit);
        Report.line("  with a tenth of the events", tenth, "ms", "");
        Report.line("  ratio", tenth / many, "", limit.isEmpty() ? "" : "at least 0.5");
    }

    private static Map<String, Double> figures(Path app, long events, boolean isRestarted) throws Exception {
        Path folder = folder(events);
        boolean isLoaded = Files.exists(folder);
        Files.createDirectories(folder);
        var figures = new TreeMap<String, Double>();
        try (var service = Service.start(app, folder, "-Xmx256m", "-Dodometer.query.max-rows=100000")) {
            load(service, events, isLoaded);
            String range = "from=2026-01-01T00:00:00Z&to=2026-04-01T00:00:00Z";
            figures.put(
                    "one subject by DAY over 90 days, p99",
                    measure(
                            service,
                            RUNS,
                            0.99,
                            "/api/v1/meters/tokens/query?windowSize=DAY&subject=customer-%d&" + range));
            figures.put(
                    "one subject by DAY in a zone at +05:30, p99",
                    measure(
                            service,
                            RUNS,
                            0.99,
                            "/api/v1/meters/tokens/query?windowSize=DAY&windowTimeZone=Asia/Kolkata&subject=customer-%d&"
                                    + range));
            figures.put(
                    "all subjects, total, p99", measure(service, RUNS, 0.99, "/api/v1/meters/tokens/query?" + range));
            figures.put(
                    "all subjects by subject and DAY, median",
                    measure(service, 10, 0.5, "/api/v1/meters/tokens/query?groupBy=subject&windowSize=DAY&" + range));
        }
        if (isRestarted) {
            restart(app, folder);
        }
        return figures;
    }

    /** A new folder, or the one of {@code -Ddata=}, which later runs reuse. */
    static Path folder(long events) throws Exception {
        String folder = System.getProperty("data");
        Path parent = folder == null ? TemporaryFolder.create("odometer-query") : Path.of(folder);
        return parent.resolve(String.valueOf(events));
    }

    /** Ingests all events unless the folder contains them already. */
    static void load(Service service, long events, boolean isLoaded) throws Exception {
        if (!isLoaded) {
            Load.meters(service);
            load(service, events);
        }
        checkTotal(service, events);
    }

    private static void checkTotal(Service service, long events) throws Exception {
        String total = service.get("/api/v1/meters/requests/query").body();
        if (!total.contains("\"value\":" + events + ",")) {
            throw new IllegalStateException("not all events are counted once: " + total);
        }
    }

    private static void restart(Path app, Path folder) throws Exception {
        long start = System.nanoTime();
        try (var service = Service.start(app, folder)) {
            service.get("/api/v1/meters/tokens/query?subject=customer-1");
            Report.line(
                    "java -jar to the first answered query on this data",
                    (System.nanoTime() - start) / 1e9,
                    "s",
                    "under 6");
        }
    }

    private static void load(Service service, long events) throws Exception {
        long step = DAYS.toMillis() / events;
        var executor = Executors.newFixedThreadPool(4);
        long start = System.nanoTime();
        List<Future<?>> sent = new ArrayList<>();
        for (long first = 0; first < events; first += Load.BATCH) {
            long from = first;
            sent.add(executor.submit(() -> {
                String body = Load.batch(from, i -> END.minusMillis((events - i) * step));
                return service.post("/api/v1/events", "application/cloudevents-batch+json", body);
            }));
        }
        for (Future<?> done : sent) {
            done.get();
        }
        executor.shutdown();
        Report.line(
                "loading " + events + " events spread over 90 days",
                events / ((System.nanoTime() - start) / 1e9),
                "events/s",
                "");
    }

    private static double measure(Service service, int runs, double share, String path) throws Exception {
        long[] nanos = new long[runs];
        for (int warm = 0; warm < runs / 4 + 3; warm++) {
            service.get(path.formatted(warm));
        }
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            int status = service.get(path.formatted(run)).statusCode();
            nanos[run] = System.nanoTime() - start;
            if (status != 200) {
                throw new IllegalStateException("unexpected status " + status);
            }
        }
        return Report.percentile(nanos, share);
    }
}
