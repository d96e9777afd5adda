package dev.odometer.kafka.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Commands, topic creation, health checks and metrics. */
abstract class OperationContract {

    private final HttpClient client = HttpClient.newHttpClient();
    private final Platform platform;

    OperationContract(Platform platform) {
        this.platform = platform;
    }

    @Test
    void replaysEachDeadLetterOnce() {
        try (var bench = new Workbench(platform, 2)) {
            bench.send(
                    deadLetter(bench, "e1", "a bug"),
                    deadLetter(bench, "e2", "a bug"),
                    deadLetter(bench, "e3", "hopeless"));

            command(bench, "replay", "--topic=" + bench.deadLetterTopic(), "--reason-contains=bug");
            command(bench, "replay", "--topic=" + bench.deadLetterTopic());
            bench.worker();
            bench.awaitDone();

            assertThat(bench.broker.read(bench.topic()))
                    .hasSize(2)
                    .allSatisfy(record ->
                            assertThat(record.headers()).extracting(Header::key).containsExactly("trace"));
            assertThat(bench.calls()).isEqualByComparingTo("2");
        }
    }

    @Test
    void replaysAnEventWithoutData() {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(deadLetter(bench, bench.events.withoutData("e1"), "a bug"));

            command(bench, "replay", "--topic=" + bench.deadLetterTopic());
            bench.worker();
            bench.awaitDone();

            assertThat(bench.calls()).isEqualByComparingTo("1");
        }
    }

    @Test
    void replaysUpToTheLimitAndFromTheStartIfRequested() {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(
                    deadLetter(bench, "e1", "a bug"),
                    deadLetter(bench, "e2", "a bug"),
                    deadLetter(bench, "e3", "a bug"));

            command(bench, "replay", "--topic=" + bench.deadLetterTopic(), "--limit=2");
            assertThat(bench.broker.read(bench.topic())).hasSize(2);
            command(bench, "replay", "--topic=" + bench.deadLetterTopic(), "--from-start");

            assertThat(bench.broker.read(bench.topic())).hasSize(5);
        }
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(Workbench bench, String id, String reason) {
        return deadLetter(bench, bench.events.plain(id), reason);
    }

    private static ProducerRecord<byte[], byte[]> deadLetter(
            Workbench bench, ProducerRecord<byte[], byte[]> event, String reason) {
        var headers = new ArrayList<Header>(List.of(event.headers().toArray()));
        headers.add(new RecordHeader("trace", Events.bytes("t")));
        headers.add(new RecordHeader(DeadLetterRecord.REASON, Events.bytes(reason)));
        headers.add(new RecordHeader(DeadLetterRecord.TOPIC, Events.bytes(bench.topic())));
        return new ProducerRecord<>(bench.deadLetterTopic(), null, event.key(), event.value(), headers);
    }

    private static void command(Workbench bench, String... command) {
        var arguments = new ArrayList<>(List.of(command));
        for (String setting : bench.arguments()) {
            // Commands must run without a database.
            if (!setting.startsWith("--odometer.database")) {
                arguments.add(setting);
            }
        }
        Worker.main(arguments.toArray(String[]::new));
    }

    @Test
    void createsTheTopicsOfAllBindingsOnce() {
        try (var bench = new Workbench(platform, 0)) {
            command(bench, "topics", "--partitions=6", "--replication=1");
            command(bench, "topics", "--partitions=7", "--replication=1");

            assertThat(bench.broker
                            .describe(List.of(bench.topic(), bench.deadLetterTopic()))
                            .values())
                    .allSatisfy(topic -> assertThat(topic.partitions()).hasSize(6));
        }
    }

    @Test
    void namesTheReplicationThatTheBrokersCannotReach() {
        try (var bench = new Workbench(platform, 0)) {
            assertThatThrownBy(() -> command(bench, "topics", "--replication=3"))
                    .isInstanceOf(StartRefusal.class)
                    .hasMessageStartingWith("Kafka cannot create the topic ")
                    .hasMessageContaining("with --replication=3: ")
                    .hasMessageContaining("1 broker(s)");
        }
    }

    @Test
    void doesNotStartWhenATopicIsMissing() {
        try (var bench = new Workbench(platform, 0)) {
            assertThatThrownBy(bench::worker)
                    .rootCause()
                    .isInstanceOf(StartRefusal.class)
                    .hasMessageContaining(bench.topic());
        }
    }

    @Test
    void createsMissingTopicsAtStartupIfConfigured() {
        try (var bench = new Workbench(platform, 0)) {
            bench.worker("--odometer.kafka.create-topics=true");
            bench.send(bench.events.plain("e"));

            bench.awaitCalls(1);
        }
    }

    @Test
    void reportsHealthAndMetrics() throws Exception {
        try (var bench = new Workbench(platform, 1)) {
            bench.send(bench.events.plain("e"), bench.events.poison(1), bench.events.tombstone());
            var worker = bench.worker();
            bench.awaitDone();

            assertThat(get(worker, "/healthz").statusCode()).isEqualTo(200);
            assertThat(get(worker, "/prometheus").body())
                    .contains("odometer_outcomes_total{channel=\"usage\",outcome=\"ok\"} 1.0")
                    .contains("odometer_outcomes_total{channel=\"usage\",outcome=\"poison\"} 1.0")
                    .contains("odometer_outcomes_total{channel=\"usage\",outcome=\"tombstone\"} 1.0")
                    .contains("odometer_dead_letters_total{channel=\"usage\"} 1.0")
                    .contains("odometer_unfolded_entries ", "odometer_deliveries_waiting 0.0")
                    .contains("application_info")
                    .contains("odometer_batch_records_sum{channel=\"usage\"} 3.0")
                    .contains("odometer_batch_time_seconds_count{channel=\"usage\"}")
                    .contains("kafka_consumer_fetch_manager_records_lag_max");
        }
    }

    @Test
    void isUnavailableWhenItsConsumersHaveStopped() throws Exception {
        try (var bench = new Workbench(platform, 1)) {
            var worker = bench.worker();

            worker.getBean(Consumers.class).stop();

            assertThat(get(worker, "/healthz").statusCode()).isEqualTo(503);
            assertThat(get(worker, "/healthz/live").statusCode()).isEqualTo(200);
        }
    }

    private HttpResponse<String> get(ConfigurableApplicationContext worker, String path) throws Exception {
        int port = worker.getBean(Probes.class).port();
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
