package dev.odometer.benchmarks;

import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.metering.cost.PriceList;
import dev.odometer.metering.cost.PriceList.Offer;
import dev.odometer.metering.cost.Workload;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A day with spikes and a night without events, through SQS, Azure's target-based scaling, and Kafka with KEDA: backlog,
 * waits, instances, and the cost of a million events. The durations of batches are measured with the packaged function in
 * AWS's own runtime client, the rest is simulated with a virtual clock.
 */
final class SpikesBenchmark {

    private static final int MEMORY = 1024;
    private static final int[] BATCHES = {1, 10, 100, 1000};
    private static final int INVOCATIONS = 100;
    private static final int HOUR = 3600;
    /** An hour of a virtual CPU with 2 GB in Fargate on arm64, us-east-1, as known on 2026-11-30. */
    private static final BigDecimal CONTAINER_HOUR = new BigDecimal("0.03238").add(new BigDecimal("0.00712"));

    /** The rate at which one database counts, as the benchmark {@code ingest} prints it. */
    private final double databaseRate = Double.parseDouble(System.getProperty("database.rate", "50000"));

    private final Service service;
    private final NavigableMap<Integer, Double> measured = new TreeMap<>();
    private long next;
    private double start;

    private SpikesBenchmark(Service service) {
        this.service = service;
    }

    static void run(Path app) throws Exception {
        try (var service = Service.start(app, TemporaryFolder.create("odometer-spikes"), "-Xmx256m")) {
            Load.meters(service);
            var benchmark = new SpikesBenchmark(service);
            benchmark.measure();
            benchmark.simulate();
        }
    }

    private void measure() throws Exception {
        Path zip = ColdStartBenchmark.only(ColdStartBenchmark.LAMBDA, ".zip");
        var function = new LambdaFunction(
                "counting",
                LambdaRuntime.of(ColdStartBenchmark.BASELINES.resolve("runtime")),
                LambdaFunction.unpacked(zip),
                false,
                List.of(),
                "dev.odometer.aws.lambda.LambdaHandler::handleRequest",
                Map.of(
                        "SPRING_CLOUD_FUNCTION_DEFINITION",
                        "recordUsage",
                        "ODOMETER_DATABASE_URL",
                        service.databaseUrl(),
                        "ODOMETER_DATABASE_USER",
                        "postgres",
                        "ODOMETER_DATABASE_PASSWORD",
                        service.databasePassword()),
                messages(1),
                "\"batchItemFailures\":[]");
        start = function.run().cold();
        Report.line("first batch of a new instance", start, "ms", "");
        for (int batch : BATCHES) {
            IntFunction<String> events = i -> messages(batch);
            long[] nanos = function.durations(INVOCATIONS, events);
            measured.put(batch, Report.percentile(nanos, 0.5));
            Report.line("a batch of " + batch, measured.get(batch), "ms", "");
        }
    }

    private void simulate() {
        int startSeconds = (int) Math.ceil(start / 1000);
        for (SimulatedDay.Consumer consumer : List.of(
                new SimulatedDay.Consumer(
                        "SQS, 10 per batch", "aws-", ScalingRule.sqs(), 10, startSeconds, 600, this::milliseconds),
                new SimulatedDay.Consumer(
                        "SQS, 1,000 per batch", "aws-", ScalingRule.sqs(), 1000, startSeconds, 600, this::milliseconds),
                new SimulatedDay.Consumer(
                        "Azure, 32 partitions",
                        "azure-",
                        ScalingRule.targetBased(1000, 32),
                        1000,
                        startSeconds + 2,
                        0,
                        this::milliseconds),
                new SimulatedDay.Consumer(
                        "KEDA, 6 partitions",
                        "",
                        ScalingRule.keda(10_000, 6),
                        1000,
                        startSeconds + 10,
                        0,
                        this::milliseconds))) {
            report(consumer, SimulatedDay.run(consumer, SpikesBenchmark::arrivals, databaseRate));
        }
    }

    /**
     * The events of a second: none until 06:00; then a day's curve up to 400 per second; 5,000 per second for ten
     * minutes at 09:00; 20,000 for one minute at 12:00; 300,000 at once at 15:00; 2,000 for half an hour at 18:00; none
     * from 22:00.
     */
    static long arrivals(int second) {
        if (second < 6 * HOUR || second >= 22 * HOUR) {
            return 0;
        }
        long rate = Math.round(400 * Math.sin(Math.PI * (second - 6 * HOUR) / (16.0 * HOUR)));
        if (second >= 9 * HOUR && second < 9 * HOUR + 600) {
            rate += 5000;
        }
        if (second >= 12 * HOUR && second < 12 * HOUR + 60) {
            rate += 20_000;
        }
        if (second == 15 * HOUR) {
            rate += 300_000;
        }
        if (second >= 18 * HOUR && second < 18 * HOUR + 1800) {
            rate += 2000;
        }
        return rate;
    }

    private void report(SimulatedDay.Consumer consumer, SimulatedDay day) {
        if (day.left() > 0) {
            throw new IllegalStateException(consumer.name() + ": " + day.left() + " events are left at midnight");
        }
        Report.line(
                consumer.name() + ", " + day.events() + " events, highest backlog",
                (double) day.highestBacklog(),
                "",
                "");
        Report.line("  longest wait", day.longestWait(), "s", "");
        Report.line("  most instances", day.mostInstances(), "", "");
        Report.line("  starts", (double) day.starts(), "", "");
        Report.line("  hours without an instance", day.idleSeconds() / (double) HOUR, "h", "");
        if (consumer.offers().isEmpty()) {
            BigDecimal hours =
                    BigDecimal.valueOf(day.instanceSeconds()).divide(BigDecimal.valueOf(HOUR), 3, RoundingMode.UP);
            BigDecimal cost = hours.multiply(CONTAINER_HOUR);
            Report.amount("  a million events, containers", perMillion(cost, day), "USD");
            return;
        }
        for (Offer offer : PriceList.builtIn().offers()) {
            if (offer.name().startsWith(consumer.offers())) {
                Report.amount(
                        "  a million events, " + offer.name(),
                        perMillion(offer.cost(workload(day), MEMORY), day),
                        "USD");
            }
        }
    }

    private static BigDecimal perMillion(BigDecimal cost, SimulatedDay day) {
        return PriceList.perMillionEvents(cost, BigDecimal.valueOf(day.events()))
                .orElseThrow();
    }

    /** The starts are charged as invocations are. */
    private Workload workload(SimulatedDay day) {
        BigDecimal milliseconds = BigDecimal.valueOf(Math.round(day.billedMilliseconds() + day.starts() * start));
        BigDecimal each = BigDecimal.valueOf(day.invocations());
        return new Workload(
                Trigger.MESSAGES,
                each,
                BigDecimal.valueOf(day.events()),
                milliseconds,
                // On average, half of the increment more.
                milliseconds.add(each.multiply(BigDecimal.valueOf(50))),
                BigDecimal.ZERO);
    }

    /** Interpolates between the measured batches. */
    private double milliseconds(int batch) {
        var below = measured.floorEntry(batch);
        var above = measured.ceilingEntry(batch);
        if (below.getKey().equals(above.getKey())) {
            return below.getValue();
        }
        double share = (batch - below.getKey()) / (double) (above.getKey() - below.getKey());
        return below.getValue() + share * (above.getValue() - below.getValue());
    }

    private String messages(int number) {
        var bodies = new String[number];
        for (int i = 0; i < number; i++) {
            var body = new StringBuilder();
            Load.event(body, next++, Instant.now());
            bodies[i] = body.toString();
        }
        return SqsEvent.of(bodies);
    }
}
