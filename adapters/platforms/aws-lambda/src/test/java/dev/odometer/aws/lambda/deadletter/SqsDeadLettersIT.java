package dev.odometer.aws.lambda.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.deadletter.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import software.amazon.awssdk.services.sqs.model.Message;

/** Runs with a local implementation of SQS. */
class SqsDeadLettersIT {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static LocalQueues queues;

    @BeforeAll
    static void start() {
        queues = LocalQueues.start();
    }

    @AfterAll
    static void stop() {
        queues.close();
    }

    private static SqsDeadLetters deadLetters(String url) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "odometer.aws.parked-queue-url",
                                url,
                                "odometer.aws.sqs-endpoint",
                                queues.endpoint().toString())));
        return SqsDeadLetters.from(environment).orElseThrow();
    }

    private static DeadLetter item(String id, String reason, byte[] body) {
        return new DeadLetter("usage", "arn:queue", id, reason, null, Map.of(), body, NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get("odometer-" + name))
                .stringValue();
    }

    @Test
    void sendsTheBodyUnchangedAndTheReasonAsAnAttribute() {
        String url = queues.queue("plain");

        deadLetters(url).store(List.of(item("m1", "no subject", bytes("{\"a\":\"ü\uD83D\uDE97\"}"))));

        Message message = queues.received(url).get(0);
        assertThat(message.body()).isEqualTo("{\"a\":\"ü\uD83D\uDE97\"}");
        assertThat(List.of(
                        attribute(message, "channel"),
                        attribute(message, "origin"),
                        attribute(message, "id"),
                        attribute(message, "reason"),
                        attribute(message, "parked-at")))
                .containsExactly("usage", "arn:queue", "m1", "no subject", NOW.toString());
        assertThat(message.messageAttributes()).doesNotContainKey("odometer-encoding");
    }

    @Test
    void sendsBinaryBodiesInBase64() {
        String url = queues.queue("binary");

        deadLetters(url).store(List.of(item("m1", "bad \0", new byte[] {-1}), item("m2", "bad", bytes("a\0b"))));

        List<Message> messages = queues.received(url);
        assertThat(messages).extracting(Message::body).containsExactlyInAnyOrder("/w==", "YQBi");
        assertThat(messages)
                .allSatisfy(
                        message -> assertThat(attribute(message, "encoding")).isEqualTo("base64"));
    }

    @Test
    void sendsAttributesOfBinaryModeAndAnEmptyBody() {
        String url = queues.queue("attributes");
        var item = new DeadLetter(
                "usage", "topic", "t-0@1", "", "text/xml", Map.of("id", "a&b", "source", "s"), new byte[0], NOW);

        deadLetters(url).store(List.of(item));

        Message message = queues.received(url).get(0);
        assertThat(attribute(message, "attributes")).isEqualTo("id=a%26b&source=s");
        assertThat(attribute(message, "content-type")).isEqualTo("text/xml");
        assertThat(attribute(message, "encoding")).isEqualTo("none");
    }

    @Test
    void deduplicatesInAFifoQueue() {
        String url = queues.queue("parked.fifo");
        var deadLetters = deadLetters(url);

        deadLetters.store(List.of(item("m1", "first", bytes("{}")), item("m2", "other", bytes("{}"))));
        deadLetters.store(List.of(item("m1", "again", bytes("{}"))));

        assertThat(queues.received(url))
                .extracting(message -> attribute(message, "id"))
                .containsExactly("m1", "m2");
    }

    @Test
    void failsForABodyThatIsTooLarge() {
        String url = queues.queue("short");
        var tooLong = item("m1", "bad", bytes("x".repeat(2_000_000)));

        assertThatThrownBy(() -> deadLetters(url).store(List.of(tooLong))).isInstanceOf(RuntimeException.class);
        assertThat(queues.received(url)).isEmpty();
    }

    @Test
    void failsWithoutTheQueue() {
        assertThatThrownBy(() -> deadLetters(queues.endpoint() + "/000000000000/none")
                        .store(List.of(item("m1", "bad", bytes("{}")))))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void existsOnlyIfAQueueIsConfigured() {
        assertThat(SqsDeadLetters.from(new StandardEnvironment())).isEmpty();
    }
}
