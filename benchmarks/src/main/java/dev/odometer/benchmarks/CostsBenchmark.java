package dev.odometer.benchmarks;

import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.metering.cost.PriceList;
import dev.odometer.metering.cost.PriceList.Offer;
import dev.odometer.metering.cost.Workload;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;

/**
 * The cost of a million events at list prices, from measured durations: new events, alone and in batches, through an HTTP
 * API in AWS's own runtime client, and the disk that they take. A function with less than a whole processor takes longer
 * than here.
 */
final class CostsBenchmark {

    private static final int MEMORY = 1024;
    private static final int INVOCATIONS = 500;
    private static final int BATCHES = 100;
    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Service service;
    private long next;

    private CostsBenchmark(Service service) {
        this.service = service;
    }

    static void run(Path app) throws Exception {
        try (var service = Service.start(app, TemporaryFolder.create("odometer-costs"), "-Xmx256m")) {
            Load.meters(service);
            new CostsBenchmark(service).run();
        }
    }

    private void run() throws Exception {
        Path zip = ColdStartBenchmark.only(ColdStartBenchmark.LAMBDA, ".zip");
        var function = new LambdaFunction(
                "ingestion",
                LambdaRuntime.of(ColdStartBenchmark.BASELINES.resolve("runtime")),
                LambdaFunction.unpacked(zip),
                false,
                List.of(),
                "dev.odometer.aws.lambda.LambdaHandler::handleRequest",
                Map.of(
                        "SPRING_CLOUD_FUNCTION_DEFINITION",
                        "ingestEvents",
                        "ODOMETER_DATABASE_URL",
                        service.databaseUrl(),
                        "ODOMETER_DATABASE_USER",
                        "postgres",
                        "ODOMETER_DATABASE_PASSWORD",
                        service.databasePassword()),
                "",
                "\"statusCode\":204");
        long before = databaseBytes();
        measure(function, "single events", INVOCATIONS, 1);
        measure(function, "batches of 100", INVOCATIONS, 100);
        measure(function, "batches of 1,000", BATCHES, 1000);
        BigDecimal bytes = BigDecimal.valueOf((databaseBytes() - before) / next);
        Report.line("disk of all these events, with indexes and rollups", bytes.doubleValue(), "bytes/event", "");
        for (Offer offer : PriceList.builtIn().offers()) {
            Report.amount(
                    "  a million events for a month, " + offer.name(), offer.storage(bytes.multiply(MILLION)), "USD");
        }
    }

    private void measure(LambdaFunction function, String what, int invocations, int events) throws Exception {
        IntFunction<String> requests = i -> request(events);
        Workload workload = workload(function.durations(invocations, requests), events);
        Report.line(
                what + ", milliseconds that Lambda bills",
                workload.milliseconds().doubleValue() / invocations,
                "ms",
                "");
        for (Offer offer : PriceList.builtIn().offers()) {
            BigDecimal cost = PriceList.perMillionEvents(offer.cost(workload, MEMORY), workload.events())
                    .orElseThrow();
            Report.amount("  a million events, " + offer.name(), cost, "USD");
        }
    }

    private static Workload workload(long[] nanos, int events) {
        long milliseconds = 0;
        long milliseconds100 = 0;
        for (long duration : nanos) {
            long each = (duration + NANOS_PER_MILLI - 1) / NANOS_PER_MILLI;
            milliseconds += each;
            milliseconds100 += (each + 99) / 100 * 100;
        }
        return new Workload(
                Trigger.HTTP,
                BigDecimal.valueOf(nanos.length),
                BigDecimal.valueOf((long) nanos.length * events),
                BigDecimal.valueOf(milliseconds),
                BigDecimal.valueOf(milliseconds100),
                BigDecimal.ZERO);
    }

    private long databaseBytes() throws Exception {
        try (var database = service.database();
                Statement statement = database.createStatement();
                ResultSet size = statement.executeQuery("select pg_database_size(current_database())")) {
            size.next();
            return size.getLong(1);
        }
    }

    /** New events of the last week, in a request of an HTTP API, payload format 2.0. */
    private String request(int events) {
        Instant week = Instant.parse("2026-03-01T00:00:00Z");
        var body = new StringBuilder(events * 220).append('[');
        for (int i = 0; i < events; i++) {
            long number = next++;
            if (i > 0) {
                body.append(',');
            }
            Load.event(body, number, week.plusSeconds(new SplittableRandom(number).nextInt(7 * 86_400)));
        }
        return """
                {"version":"2.0","routeKey":"$default","rawPath":"/api/v1/events","rawQueryString":"",
                "headers":{"content-type":"application/cloudevents-batch+json","host":"usage.example.com"},
                "requestContext":{"accountId":"123456789012","apiId":"measured","domainName":"usage.example.com",
                "http":{"method":"POST","path":"/api/v1/events","protocol":"HTTP/1.1","sourceIp":"192.0.2.1",
                "userAgent":"benchmark"},"requestId":"measured","routeKey":"$default","stage":"$default",
                "timeEpoch":1772323200000},"body":"%s","isBase64Encoded":false}
                """.formatted(body.append(']').toString().replace("\"", "\\\""));
    }
}
