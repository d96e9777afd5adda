package dev.odometer.conformance.orders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.RawClient;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;

/** The worker's jar with a real broker. Dead letters are in a topic, and metrics count what was processed. */
class OrdersKafkaIT {

    private static final EmbeddedKafkaKraftBroker BROKER = new EmbeddedKafkaKraftBroker(1, 1);

    @TempDir
    static Path folder;

    private static String created = "";
    private static OrdersProcess worker;

    @BeforeAll
    static void start() throws Exception {
        BROKER.brokerProperty("group.initial.rebalance.delay.ms", "0");
        BROKER.brokerProperty("auto.create.topics.enable", "false");
        BROKER.brokerProperty("offsets.topic.num.partitions", "1");
        BROKER.brokerProperty("offsets.topic.replication.factor", "1");
        BROKER.brokerProperty("transaction.state.log.num.partitions", "1");
        BROKER.brokerProperty("transaction.state.log.replication.factor", "1");
        BROKER.brokerProperty("transaction.state.log.min.isr", "1");
        BROKER.afterPropertiesSet();
        Files.createDirectories(folder.resolve("files/inbox"));
        var settings = new HashMap<>(OrdersContract.SETTINGS);
        settings.putAll(Map.of(
                "ODOMETER_KAFKA_BOOTSTRAP_SERVERS",
                BROKER.getBrokersAsString(),
                "ODOMETER_KAFKA_GROUP",
                "orders",
                "ODOMETER_FILES_STORE",
                "folder",
                "ODOMETER_FILES_FOLDER",
                folder.resolve("files").toString()));
        created = OrdersProcess.topics(folder, settings);
        worker = OrdersProcess.worker(folder, settings);
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
        BROKER.destroy();
    }

    private static void send(String topic, String... messages) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", BROKER.getBrokersAsString(), "max.block.ms", 20_000),
                new StringSerializer(),
                new StringSerializer())) {
            for (String message : messages) {
                producer.send(new ProducerRecord<>(topic, message)).get();
            }
        }
    }

    /** The reasons and messages of the dead letters of a topic. */
    private static List<String> deadLetters(String topic, int count) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                BROKER.getBrokersAsString(),
                "group.id",
                "test-" + topic,
                "auto.offset.reset",
                "earliest");
        var found = new ArrayList<String>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.subscribe(List.of(topic + ".parked"));
            long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
            while (found.size() < count && System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(each ->
                                found.add(new String(
                                                each.headers()
                                                        .lastHeader("odometer-reason")
                                                        .value(),
                                                UTF_8) + "\n\n" + each.value()));
            }
        }
        return found;
    }

    private static String metrics() throws Exception {
        var request = new HttpRequest("GET", "/prometheus", null, Headers.NONE, new byte[0]);
        return new String(new RawClient(worker.port()).send(request).body(), UTF_8);
    }

    private static void awaitProcessed(String channel, int count) throws Exception {
        String line = "odometer_outcomes_total{channel=\"" + channel + "\",outcome=\"ok\"} " + count + ".0";
        OrdersProcess.await(() -> metrics().contains(line), worker);
    }

    @Test
    void createsTheTopics() {
        assertThat(created.lines())
                .contains(
                        "payments: created",
                        "payments.parked: created",
                        "price-lists: created",
                        "price-lists.parked: created");
    }

    @Test
    void takesEventsAndPublishesPoisonWithTheReason() throws Exception {
        String poison = OrdersContract.payment("poison", "-1");
        String plain = "{\"orderId\":\"plain\",\"amount\":9.00}";

        send("payments", poison, plain, OrdersContract.payment("1", "9.00"));

        awaitProcessed("payments", 1);
        assertThat(deadLetters("payments", 2))
                .containsExactly(
                        "data.amount must be positive: -1\n\n" + poison, "specversion is required\n\n" + plain);
    }

    @Test
    void takesFilesThatMessagesName() throws Exception {
        Files.writeString(folder.resolve("files/inbox/right.csv"), "coffee,7.50\n");
        Files.writeString(folder.resolve("files/inbox/wrong.csv"), "coffee\n");
        String wrong = "{\"container\":\"inbox\",\"key\":\"wrong.csv\"}";

        send("price-lists", wrong, "{\"container\":\"inbox\",\"key\":\"right.csv\"}");

        awaitProcessed("price-lists", 1);
        assertThat(deadLetters("price-lists", 1))
                .containsExactly("line 1 must be a sku and a price: coffee\n\n" + wrong);
    }

    /** The worker calls schedules itself, so a test would have to wait for the full hour. */
    @Test
    void hasTheSchedule() throws Exception {
        assertThat(worker.logged()).contains("each process runs the schedules [cancelUnpaid]");
    }
}
