package dev.odometer.kafka.intake;

import static dev.odometer.kafka.intake.Examples.request;
import static dev.odometer.kafka.intake.Examples.requests;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.odometer.door.event.CloudEvents;
import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.metering.usage.UsageEvent;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

class KafkaUsageIntakeIT {

    private static final Json JSON = new Json();
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(2);
    /** Less than the client waits by default: a minute for metadata, then two minutes for the delivery. */
    private static final Duration BOUND = Duration.ofSeconds(55);

    private static Broker broker;

    @BeforeAll
    static void start() {
        broker = new Broker();
    }

    @AfterAll
    static void stop() {
        broker.close();
    }

    private static KafkaUsageIntake intake(String address, String topic) {
        var settings = new IntakeSettings(topic, DELIVERY_TIMEOUT, Map.of("bootstrap.servers", address));
        return new KafkaUsageIntake(settings, new EventRecords(JSON), new SimpleMeterRegistry());
    }

    private static void accept(String topic, UsageEvent... events) {
        try (var intake = intake(broker.address(), topic)) {
            intake.accept(List.of(events));
        }
    }

    private static UsageEvent read(ConsumerRecord<String, byte[]> record) {
        var reader = new CloudEvents(JSON, JSON.type(UsageEvent.class));
        return (UsageEvent) reader.structured(record.value()).get(0);
    }

    private static Refusal refusal(KafkaUsageIntake intake, List<UsageEvent> events) {
        return catchThrowableOfType(Refusal.class, () -> intake.accept(events));
    }

    @Test
    void storesAllEventsBeforeItReturns() throws Exception {
        broker.topic("all", 1, Map.of());

        try (var intake = intake(broker.address(), "all")) {
            intake.accept(requests(5000));

            assertThat(broker.records("all"))
                    .extracting(KafkaUsageIntakeIT::read)
                    .containsExactlyElementsOf(requests(5000));
        }
    }

    @Test
    void writesACloudEventWithTheSubjectAsTheKey() throws Exception {
        broker.topic("form", 1, Map.of());

        accept("form", request("e-1"));

        var record = broker.records("form").get(0);
        assertThat(record.key()).isEqualTo("acme");
        assertThat(record.headers()).singleElement().satisfies(header -> {
            assertThat(header.key()).isEqualTo("content-type");
            assertThat(header.value()).asString().isEqualTo("application/cloudevents+json");
        });
        assertThat(new String(record.value(), StandardCharsets.UTF_8))
                .isEqualTo("{\"specversion\":\"1.0\",\"id\":\"e-1\",\"source\":\"shop\",\"type\":\"request\","
                        + "\"subject\":\"acme\",\"time\":\"2020-02-29T23:59:59.123456Z\",\"data\":{\"tokens\":7}}");
    }

    @Test
    void usesTheSendTimeAsTheTimestampOfALateEvent() throws Exception {
        broker.topic("late", 1, Map.of());
        Instant before = Instant.now().minusSeconds(1);

        accept("late", request("e-1"));

        assertThat(Instant.ofEpochMilli(broker.records("late").get(0).timestamp()))
                .isBetween(before, Instant.now().plusSeconds(1));
    }

    @Test
    void preservesAllDigitsAndNulls() throws Exception {
        broker.topic("digits", 1, Map.of());
        UsageEvent rich = Examples.event("e-1", "acme", Examples.rich());

        accept("digits", rich);

        assertThat(read(broker.records("digits").get(0))).isEqualTo(rich);
    }

    @Test
    void propagatesTheTraceContext() throws Exception {
        broker.topic("trace", 1, Map.of());
        MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
        MDC.put("spanId", "00f067aa0ba902b7");

        accept("trace", request("e-1"));
        MDC.clear();

        assertThat(broker.records("trace")
                        .get(0)
                        .headers()
                        .lastHeader("traceparent")
                        .value())
                .asString()
                .isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00");
    }

    @Test
    void refusesABatchWithAnEventThatIsTooLargeForTheTopic() throws Exception {
        broker.topic("narrow", 1, Map.of("max.message.bytes", "16384"));
        UsageEvent large = Examples.event("e-2", "acme", Map.of("text", "x".repeat(15_000)));

        assertThatThrownBy(() -> accept("narrow", request("e-1"), large))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.INVALID))
                .hasMessage("[1]: the event must have at most 14336 bytes as JSON");

        assertThat(broker.records("narrow")).isEmpty();
    }

    @Test
    void acceptsAnEventOfTheMaximumSize() throws Exception {
        broker.topic("exact", 1, Map.of("max.message.bytes", "65536"));
        // Random characters, which do not compress.
        var noise = new StringBuilder();
        new java.util.Random(1)
                .ints(70_000, 33, 127)
                .filter(c -> c != '"' && c != '\\')
                .forEach(noise::appendCodePoint);
        int limit = 65_536 - 2048 - 4;
        UsageEvent empty = Examples.event("e-1", "acme", Map.of("text", ""));
        String text = noise.substring(0, limit - JSON.write(empty).length);

        accept("exact", Examples.event("e-1", "acme", Map.of("text", text)));

        assertThat(broker.records("exact")).hasSize(1);
    }

    @Test
    void doesNotCreateAMissingTopic() throws Exception {
        try (var intake = intake(broker.address(), "missing")) {
            Refusal refusal = refusal(intake, requests(1));

            assertThat(refusal.kind()).isEqualTo(RefusalKind.UNAVAILABLE);
            assertThat(refusal).hasMessage("the topic missing does not exist");
            assertThat(broker.topics()).doesNotContain("missing");
        }
    }

    @Test
    void acceptsEventsOnceTheTopicExists() throws Exception {
        try (var intake = intake(broker.address(), "later")) {
            refusal(intake, requests(1));
            broker.topic("later", 1, Map.of());

            intake.accept(requests(1));
        }

        assertThat(broker.records("later")).hasSize(1);
    }

    @Test
    void failsInBoundedTimeWithoutABroker() {
        try (var intake = intake("127.0.0.1:1", "usage")) {
            long start = System.nanoTime();

            assertThat(refusal(intake, requests(100)).kind()).isEqualTo(RefusalKind.UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        }
    }

    @Test
    void failsInBoundedTimeWhenTheBrokerStops() throws Exception {
        try (var other = new Broker();
                var intake = intake(other.address(), "usage")) {
            other.topic("usage", 1, Map.of());
            intake.accept(requests(1));
            other.stop();
            long start = System.nanoTime();

            assertThat(refusal(intake, requests(100)).kind()).isEqualTo(RefusalKind.UNAVAILABLE);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(BOUND);
        }
    }

    @Test
    void countsAcknowledgedEvents() throws Exception {
        broker.topic("metrics", 1, Map.of());
        var meters = new SimpleMeterRegistry();
        var settings = new IntakeSettings("metrics", DELIVERY_TIMEOUT, Map.of("bootstrap.servers", broker.address()));
        try (var intake = new KafkaUsageIntake(settings, new EventRecords(JSON), meters)) {
            intake.accept(requests(3));
        }

        assertThat(BigDecimal.valueOf(meters.counter("odometer.intake.events").count()))
                .isEqualByComparingTo("3");
        assertThat(meters.timer("odometer.intake.batch").count()).isEqualTo(1);
    }
}
