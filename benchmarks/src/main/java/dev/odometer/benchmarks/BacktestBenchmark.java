package dev.odometer.benchmarks;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;

/**
 * A backtest of five rate cards over a month of all customers, beside the bare sums over the same rollup rows. {@code
 * -Devents=10000000} is the documented size, {@code -Dcustomers=} the number of customers.
 */
final class BacktestBenchmark {

    private static final int CUSTOMERS = Integer.getInteger("customers", 10_000);
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MONTH = Duration.ofDays(31);
    private static final int THREADS = 4;
    private static final int WARM = 3;
    private static final int RUNS = 10;
    private static final String JSON = "application/json";

    /** By the feature that each measures; the feature {@code small} is a part of the third. */
    private static final List<String> METERS = List.of(
            "{\"slug\":\"calls\",\"aggregation\":\"COUNT\",\"eventType\":\"call\"}",
            "{\"slug\":\"seconds\",\"aggregation\":\"SUM\",\"eventType\":\"call\",\"valueProperty\":\"$.seconds\"}",
            "{\"slug\":\"tokens\",\"aggregation\":\"SUM\",\"eventType\":\"call\",\"valueProperty\":\"$.tokens\","
                    + "\"groupBy\":{\"model\":\"$.model\"}}",
            "{\"slug\":\"regions\",\"aggregation\":\"UNIQUE_COUNT\",\"eventType\":\"call\",\"valueProperty\":\"$.region\"}");

    private static final List<String> FEATURES = List.of(
            "{\"key\":\"calls\",\"name\":\"Calls\",\"meterSlug\":\"calls\"}",
            "{\"key\":\"seconds\",\"name\":\"Seconds\",\"meterSlug\":\"seconds\"}",
            "{\"key\":\"tokens\",\"name\":\"Tokens\",\"meterSlug\":\"tokens\"}",
            "{\"key\":\"small\",\"name\":\"Tokens of a model\",\"meterSlug\":\"tokens\","
                    + "\"meterGroupByFilters\":{\"model\":\"model-0\"}}",
            "{\"key\":\"regions\",\"name\":\"Regions\",\"meterSlug\":\"regions\"}");

    private final Service service;
    private final long events;

    private BacktestBenchmark(Service service, long events) {
        this.service = service;
        this.events = events;
    }

    static void run(Path app) throws Exception {
        onLoaded(app, service -> new BacktestBenchmark(service, events()).measure());
    }

    private static long events() {
        return Long.getLong("events", 1_000_000);
    }

    /** A benchmark of the customers and their events. */
    interface OfCustomers {
        void run(Service service) throws Exception;
    }

    /** Starts the service with the customers and their events, which are loaded unless the folder has them already. */
    static void onLoaded(Path app, OfCustomers benchmark) throws Exception {
        long events = events();
        Path folder = QueryBenchmark.folder(events).resolveSibling("backtest-" + events + "-" + CUSTOMERS);
        boolean isLoaded = Files.exists(folder);
        Files.createDirectories(folder);
        try (var service = Service.start(
                app,
                folder,
                "-Xmx256m",
                "-Dodometer.query.max-rows=" + 5 * CUSTOMERS,
                // The benchmark of settlements runs them itself.
                "-Dodometer.billing.invoice=false")) {
            if (!isLoaded) {
                new BacktestBenchmark(service, events).load();
            }
            benchmark.run(service);
        }
    }

    private void load() throws Exception {
        for (String meter : METERS) {
            service.meter(meter);
        }
        for (String feature : FEATURES) {
            create("/api/v1/features", feature);
        }
        all(
                CUSTOMERS,
                1,
                i -> create("/api/v1/customers", "{\"key\":\"buyer-%d\",\"name\":\"Buyer %d\"}".formatted(i, i)));
        long start = System.nanoTime();
        all(
                events,
                Load.BATCH,
                i -> expect(204, service.post("/api/v1/events", "application/cloudevents-batch+json", batch(i))));
        Report.line(
                "loading " + events + " events of " + CUSTOMERS + " customers",
                events / ((System.nanoTime() - start) / 1e9),
                "events/s",
                "");
    }

    private interface Step {
        void run(long number) throws Exception;
    }

    private static void all(long count, int stride, Step step) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        var work = new ArrayList<Callable<Void>>();
        for (long i = 0; i < count; i += stride) {
            long number = i;
            work.add(() -> {
                step.run(number);
                return null;
            });
        }
        for (Future<Void> done : threads.invokeAll(work)) {
            done.get();
        }
        threads.shutdown();
    }

    private void create(String path, String body) throws Exception {
        expect(201, service.post(path, JSON, body));
    }

    private static void expect(int status, HttpResponse<String> reply) {
        if (reply.statusCode() != status) {
            throw new IllegalStateException(reply.body());
        }
    }

    private String batch(long first) {
        return batch("call-", first, Math.min(events, first + Load.BATCH), i -> MONTH.toMillis() / events * i);
    }

    /** A batch of further events of the customers, after the month. */
    static String later(long first) {
        String run = Long.toHexString(System.nanoTime()) + "-";
        return batch(run, first, first + Load.BATCH, i -> MONTH.toMillis() + i);
    }

    private static String batch(String id, long first, long end, LongUnaryOperator millis) {
        var json = new StringBuilder(Load.BATCH * 220).append('[');
        for (long i = first; i < end; i++) {
            var random = new SplittableRandom(i);
            json.append(i > first ? "," : "")
                    .append("{\"specversion\":\"1.0\",\"id\":\"")
                    .append(id)
                    .append(i)
                    .append("\",\"source\":\"benchmark\",\"type\":\"call\",\"subject\":\"buyer-")
                    .append(random.nextInt(CUSTOMERS))
                    .append("\",\"time\":\"")
                    .append(FROM.plusMillis(millis.applyAsLong(i)))
                    .append("\",\"data\":{\"tokens\":")
                    .append(random.nextInt(10_000))
                    .append(",\"seconds\":\"")
                    .append(random.nextInt(1000))
                    .append(".5\",\"model\":\"model-")
                    .append(random.nextInt(3))
                    .append("\",\"region\":\"region-")
                    .append(random.nextInt(9))
                    .append("\"}}");
        }
        return json.append(']').toString();
    }

    private void measure() throws Exception {
        String request = request();
        String answer = "";
        long[] nanos = new long[RUNS];
        for (int run = -WARM; run < RUNS; run++) {
            long start = System.nanoTime();
            HttpResponse<String> reply = service.post("/api/v1/billing/backtests", JSON, request);
            expect(200, reply);
            if (run >= 0) {
                nanos[run] = System.nanoTime() - start;
            }
            answer = reply.body();
        }
        if (!answer.contains("\"featureKey\":\"calls\",\"quantity\":\"" + events + "\"")) {
            throw new IllegalStateException("not all events are priced once: " + answer.substring(0, 1000));
        }
        long[] bare = bare();
        double median = Report.percentile(nanos, 0.5);
        Report.line("backtest of 5 rate cards, " + CUSTOMERS + " customers, median", median, "ms", "under 5000");
        Report.line("  slowest of " + RUNS, Report.percentile(nanos, 1), "ms", "");
        Report.line("  answer", answer.length() / 1e6, "MB", "");
        double sums = Report.percentile(bare, 0.5);
        Report.line("bare sums over the same rollup rows, median", sums, "ms", "");
        Report.line("  backtest relative to them", median / sums, "times", "");
    }

    private static String request() {
        String cards = List.of("calls", "seconds", "tokens", "small", "regions").stream()
                .map("""
                        {"type":"usage_based","key":"%1$s","name":"%1$s","featureKey":"%1$s","billingCadence":"P1M",
                         "price":{"type":"tiered","mode":"graduated","tiers":[
                           {"upToAmount":"10","flatPrice":null,"unitPrice":{"type":"unit","amount":"0.1"}},
                           {"upToAmount":"1000","flatPrice":{"type":"flat","amount":"5"},"unitPrice":{"type":"unit","amount":"0.05"}},
                           {"flatPrice":null,"unitPrice":{"type":"unit","amount":"0.01"}}]}}"""::formatted)
                .collect(Collectors.joining(","));
        return "{\"from\":\"%s\",\"to\":\"%s\",\"currency\":\"USD\",\"rateCards\":[%s],\"currentRateCards\":[%s]}"
                .formatted(FROM, FROM.plus(MONTH), cards, cards.replace("0.05", "0.06"));
    }

    /** The sums of each feature by subject over the rollups of the month, without what is not folded into them yet. */
    private long[] bare() throws Exception {
        long[] nanos = new long[RUNS];
        try (Connection database = service.database();
                Statement statement = database.createStatement()) {
            for (int run = -WARM; run < RUNS; run++) {
                long start = System.nanoTime();
                for (String meter : List.of("calls", "seconds", "tokens", "tokens")) {
                    drain(statement, sums(meter, "sum(r.amount), sum(r.count)", "rollup_month"));
                }
                drain(statement, sums("regions", "count(distinct r.value)", "distinct_month"));
                if (run >= 0) {
                    nanos[run] = System.nanoTime() - start;
                }
            }
        }
        return nanos;
    }

    private static String sums(String meter, String aggregates, String table) {
        return "select s.subject, " + aggregates + " from meter m join series s on s.rollup = m.rollup join " + table
                + " r on r.series = s.id where m.slug = '" + meter + "' and r.bucket = " + FROM.getEpochSecond()
                + " group by s.subject";
    }

    private static void drain(Statement statement, String query) throws Exception {
        try (ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }
}
