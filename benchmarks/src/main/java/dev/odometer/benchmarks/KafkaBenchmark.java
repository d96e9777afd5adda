package dev.odometer.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ingest over HTTP into a topic, and from topics into the count by one, two and four workers with a partition each;
 * compared with a plain consumer and with COPY into a table without rollups.
 */
final class KafkaBenchmark {

    private static final int CLIENTS = 4;
    private static final Duration MAX_WAIT = Duration.ofMinutes(10);
    private static final Pattern VALUE = Pattern.compile("\"value\":(\\d+)");

    private final Broker broker;
    private final Service service;
    private final long events = Long.getLong("events", 2_000_000);
    private long sent;

    private KafkaBenchmark(Broker broker, Service service) {
        this.broker = broker;
        this.service = service;
    }

    static void run(Path app) throws Exception {
        try (var broker = Broker.start(TemporaryFolder.create("odometer-broker"))) {
            broker.topic("usage", 4);
            try (var service = Service.start(
                    app,
                    TemporaryFolder.create("odometer-kafka"),
                    "-Xmx256m",
                    "-Dodometer.ingest=kafka",
                    "-Dodometer.kafka.bootstrap-servers=" + broker.address())) {
                Load.meters(service);
                new KafkaBenchmark(broker, service).run();
            }
        }
    }

    private void run() throws Exception {
        accepted();
        Optional<Path> worker = Workers.jar();
        if (worker.isEmpty()) {
            System.out.println("topic to counted: skipped, adapters/platforms/kafka-worker is not packaged");
            return;
        }
        for (int partitions : new int[] {1, 2, 4}) {
            counted(worker.get(), partitions);
        }
        Report.line(
                "  limit: one COPY per batch of the same rows and key",
                events / new IngestBenchmark(service).copySeconds("copy_limit", 1),
                "events/s",
                "");
    }

    private void accepted() throws Exception {
        warmUp();
        double seconds = IngestBenchmark.seconds(CLIENTS, events / Load.BATCH, n -> post(n * Load.BATCH));
        Report.line(
                "HTTP to Kafka, 1,000 per batch, " + events + " events",
                events / seconds,
                "events/s",
                "at least 15,000");
        Report.line("  peak resident memory of the JVM at -Xmx256m", service.peakMebibytes(), "MiB", "");
        long kept = new Topic(broker, "usage").size();
        if (kept != events + Load.BATCH) {
            throw new IllegalStateException("accepted " + (events + Load.BATCH) + " but the topic has " + kept);
        }
    }

    /** Connects and fetches the topic's metadata. One batch is not enough to warm up the JVM. */
    private void warmUp() throws Exception {
        post(events);
    }

    private void post(long first) throws Exception {
        String body = Load.batch(first, i -> Instant.now());
        int status = service.post("/api/v1/events", "application/cloudevents-batch+json", body)
                .statusCode();
        if (status != 204) {
            throw new IllegalStateException("unexpected status " + status);
        }
    }

    private void counted(Path worker, int partitions) throws Exception {
        var topic = new Topic(broker, "growth-" + partitions);
        broker.topic(topic.name(), partitions);
        broker.topic(topic.name() + ".parked", 1);
        long before = counted();
        // Enough events to warm up the workers, which start with each round.
        long count = events * 3 / 4;
        topic.fill(sent, count);
        sent += count;
        try (var workers = Workers.start(worker, partitions, settings(topic))) {
            double rate = rate(workers, before, before + count);
            Report.line(
                    "topic to counted, " + partitions + " partitions and workers, " + count + " events",
                    rate,
                    "events/s",
                    "at least 25,000");
        }
        Report.line("  limit: a plain consumer of the same topic", count / topic.secondsToRead(), "events/s", "");
    }

    private Map<String, String> settings(Topic topic) throws Exception {
        return Map.of(
                "ODOMETER_DATABASE_URL", service.databaseUrl(),
                "ODOMETER_DATABASE_USER", "postgres",
                "ODOMETER_DATABASE_PASSWORD", service.databasePassword(),
                "ODOMETER_KAFKA_BOOTSTRAP_SERVERS", broker.address(),
                "ODOMETER_KAFKA_GROUP", topic.name(),
                "ODOMETER_CHANNELS_USAGE_TOPIC", topic.name());
    }

    /** Measures from the first counted events to the last, which excludes the start of the workers. */
    private double rate(Workers workers, long before, long after) throws Exception {
        long end = System.nanoTime() + MAX_WAIT.toNanos();
        long first = before;
        long start = 0;
        while (System.nanoTime() < end) {
            long now = counted();
            if (now > before && start == 0) {
                first = now;
                start = System.nanoTime();
            }
            if (now >= after) {
                return (now - first) / ((System.nanoTime() - start) / 1e9);
            }
            workers.checkAlive();
            TimeUnit.MILLISECONDS.sleep(50);
        }
        throw new IllegalStateException("not all events were counted within " + MAX_WAIT);
    }

    private long counted() throws Exception {
        Matcher value =
                VALUE.matcher(service.get("/api/v1/meters/requests/query").body());
        return value.find() ? Long.parseLong(value.group(1)) : 0;
    }
}
