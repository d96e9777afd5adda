package dev.odometer.lambda.parking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.parking.ParkedItem;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Against a queue that speaks SQS, on this machine. */
class QueueParkingIT {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, String> SETTINGS =
            Map.of("aws.region", "eu-west-1", "aws.accessKeyId", "test", "aws.secretAccessKey", "test");

    private static SQSRestServer server;
    private static URI endpoint;
    private static SqsClient client;

    @BeforeAll
    static void start() {
        SETTINGS.forEach(System::setProperty);
        server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
        endpoint = URI.create(
                "http://127.0.0.1:" + server.waitUntilStarted().localAddress().getPort());
        client = SqsClient.builder()
                .endpointOverride(endpoint)
                .region(Region.EU_WEST_1)
                .credentialsProvider(AnonymousCredentialsProvider.create())
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.stopAndWait();
        SETTINGS.keySet().forEach(System::clearProperty);
    }

    private static String queue(String name) {
        return client.createQueue(queue -> queue.queueName(name)
                        .attributes(name.endsWith(".fifo") ? Map.of(QueueAttributeName.FIFO_QUEUE, "true") : Map.of()))
                .queueUrl();
    }

    private static QueueParking parking(String url) {
        var environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "odometer.aws.parked-queue-url",
                                url,
                                "odometer.aws.sqs-endpoint",
                                endpoint.toString())));
        return QueueParking.from(environment).orElseThrow();
    }

    private static ParkedItem item(String id, String reason, byte[] body) {
        return new ParkedItem("usage", "arn:queue", id, reason, null, Map.of(), body, NOW);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Message> received(String url) {
        return client.receiveMessage(
                        request -> request.queueUrl(url).maxNumberOfMessages(10).messageAttributeNames("All"))
                .messages();
    }

    private static String attribute(Message message, String name) {
        return Objects.requireNonNull(message.messageAttributes().get("odometer-" + name))
                .stringValue();
    }

    @Test
    void sendsTheBodyAsItWasAndTheReasonBesideIt() {
        String url = queue("plain");

        parking(url).park(List.of(item("m1", "no subject", bytes("{\"a\":\"ü\uD83D\uDE97\"}"))));

        Message message = received(url).get(0);
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
    void sendsWhatIsNoTextAsBase64() {
        String url = queue("binary");

        parking(url).park(List.of(item("m1", "bad \0", new byte[] {-1}), item("m2", "bad", bytes("a\0b"))));

        List<Message> messages = received(url);
        assertThat(messages).extracting(Message::body).containsExactlyInAnyOrder("/w==", "YQBi");
        assertThat(messages)
                .allSatisfy(
                        message -> assertThat(attribute(message, "encoding")).isEqualTo("base64"));
    }

    @Test
    void sendsBinaryModesAttributesAndABodyThatIsNone() {
        String url = queue("attributes");
        var item = new ParkedItem(
                "usage", "topic", "t-0@1", "", "text/xml", Map.of("id", "a&b", "source", "s"), new byte[0], NOW);

        parking(url).park(List.of(item));

        Message message = received(url).get(0);
        assertThat(attribute(message, "attributes")).isEqualTo("id=a%26b&source=s");
        assertThat(attribute(message, "content-type")).isEqualTo("text/xml");
        assertThat(attribute(message, "encoding")).isEqualTo("none");
    }

    @Test
    void parksOnceInAFifoQueue() {
        String url = queue("parked.fifo");
        var parking = parking(url);

        parking.park(List.of(item("m1", "first", bytes("{}")), item("m2", "other", bytes("{}"))));
        parking.park(List.of(item("m1", "again", bytes("{}"))));

        assertThat(received(url))
                .extracting(message -> attribute(message, "id"))
                .containsExactly("m1", "m2");
    }

    @Test
    void failsForABodyThatTheQueueDoesNotTake() {
        String url = queue("short");
        var tooLong = item("m1", "bad", bytes("x".repeat(2_000_000)));

        assertThatThrownBy(() -> parking(url).park(List.of(tooLong))).isInstanceOf(RuntimeException.class);
        assertThat(received(url)).isEmpty();
    }

    @Test
    void failsWithoutTheQueue() {
        assertThatThrownBy(() -> parking(endpoint + "/000000000000/none").park(List.of(item("m1", "bad", bytes("{}")))))
                .isInstanceOf(RuntimeException.class);
    }

    @Test
    void isThereOnlyWhenAQueueIsSet() {
        assertThat(QueueParking.from(new StandardEnvironment())).isEmpty();
    }
}
