package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.Headers;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Google Cloud pushes, in its own invoker, on PostgreSQL: it is counted or parked before it is acknowledged. */
class PushedEventsGoogleIT {

    private static final Map<String, String> DATABASE = Databases.fresh("google_events");
    private static final InvokerProcess INSTANCE = InvokerProcess.start(DATABASE);
    private static final String PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";

    private static int run;

    @BeforeAll
    static void meter() throws Exception {
        String meter = "{\"slug\":\"calls\",\"eventType\":\"call\",\"aggregation\":\"COUNT\"}";
        assertThat(send("/api/v1/meters", meter, "Content-Type", "application/json")
                        .status())
                .isIn(200, 201);
    }

    @AfterAll
    static void stop() throws IOException {
        INSTANCE.close();
    }

    @BeforeEach
    void next() {
        run++;
    }

    private static HttpReply send(String path, String body, String... headers) throws IOException {
        return INSTANCE.client()
                .send(new HttpRequest("POST", path, null, Headers.of(headers), body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Of a subject that only this test has. */
    private static String event(String id) {
        return "{\"specversion\":\"1.0\",\"id\":\"" + id + "\",\"source\":\"tests\",\"type\":\"call\",\"subject\":\""
                + subject() + "\"}";
    }

    private static String subject() {
        return "run-" + run;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String pushed(String id, String data) {
        return "{\"message\":{\"data\":\"" + data + "\",\"messageId\":\"" + id
                + "\",\"publishTime\":\"2026-11-01T00:00:00Z\"},\"subscription\":\"projects/p/subscriptions/s\"}";
    }

    private static String counted() throws IOException {
        HttpReply reply = INSTANCE.client()
                .send(new HttpRequest(
                        "GET", "/api/v1/meters/calls/query", "subject=" + subject(), Headers.NONE, new byte[0]));
        return Case.JSON
                .readTree(reply.body())
                .path("data")
                .path(0)
                .path("value")
                .toString();
    }

    private static List<String> parkedReasons() throws Exception {
        var reasons = new ArrayList<String>();
        try (var connection = DriverManager.getConnection(
                        DATABASE.get("ODOMETER_DATABASE_URL"),
                        DATABASE.get("ODOMETER_DATABASE_USER"),
                        DATABASE.get("ODOMETER_DATABASE_PASSWORD"));
                var statement = connection.prepareStatement("select reason from parked_item where id like ?")) {
            statement.setString(1, subject() + "%");
            var rows = statement.executeQuery();
            while (rows.next()) {
                reasons.add(rows.getString(1));
            }
        }
        return reasons;
    }

    @Test
    void countsAPubSubPushOnce() throws Exception {
        assertThat(send("/", pushed("1", base64(event("e")))).status()).isEqualTo(204);
        assertThat(send("/", pushed("2", base64(event("e")))).status()).isEqualTo(204);
        assertThat(counted()).isEqualTo("1");
    }

    @Test
    void countsAMessageInBinaryMode() throws Exception {
        String push = "{\"message\":{\"data\":\"" + base64("{}") + "\",\"messageId\":\"m\",\"attributes\":{"
                + "\"ce-specversion\":\"1.0\",\"ce-id\":\"b\",\"ce-source\":\"tests\",\"ce-type\":\"call\",\"ce-subject\":\""
                + subject() + "\",\"content-type\":\"application/json\"}},\"subscription\":\"s\"}";

        assertThat(send("/", push, "Content-Type", "application/json").status()).isEqualTo(204);
        assertThat(counted()).isEqualTo("1");
    }

    @Test
    void countsWhatEventarcSendsOfATopic() throws Exception {
        String message = pushed("m", base64(event("eventarc")));
        int binary = send(
                        "/",
                        message,
                        "Content-Type",
                        "application/json",
                        "ce-specversion",
                        "1.0",
                        "ce-id",
                        "x",
                        "ce-source",
                        "//pubsub.googleapis.com/projects/p/topics/t",
                        "ce-type",
                        PUBLISHED)
                .status();
        String structured = "{\"specversion\":\"1.0\",\"id\":\"x\",\"source\":\"//pubsub\",\"type\":\"" + PUBLISHED
                + "\",\"data\":" + message + "}";

        assertThat(binary).isEqualTo(204);
        assertThat(send("/", structured, "Content-Type", "application/cloudevents+json")
                        .status())
                .isEqualTo(204);
        assertThat(counted()).isEqualTo("1");
    }

    @Test
    void countsCloudEventsOfEveryMode() throws Exception {
        send("/", event("s"), "Content-Type", "application/cloudevents+json; charset=utf-8");
        send("/", "[" + event("b1") + "," + event("b2") + "]", "Content-Type", "application/cloudevents-batch+json");
        HttpReply binary = send(
                "/channels/usage",
                "{}",
                "Content-Type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "h",
                "ce-source",
                "tests",
                "ce-type",
                "call",
                "ce-subject",
                subject());

        assertThat(counted()).isEqualTo("4");
        assertThat(binary.status()).isEqualTo(204);
        // An answer that repeats an event's headers would be a new event to a broker.
        assertThat(binary.headers().startingWith("ce-")).isEmpty();
    }

    @Test
    void parksPoisonOnceAndAcknowledgesIt() throws Exception {
        String poison = pushed(subject() + "-poison", base64("no event"));

        assertThat(send("/", poison).status()).isEqualTo(204);
        assertThat(send("/", poison).status()).isEqualTo(204);
        assertThat(parkedReasons()).singleElement().asString().startsWith("invalid JSON");
    }

    @Test
    void acknowledgesStorageEventsOnlyWhereABindingTakesFiles() throws Exception {
        String object = "{\"bucket\":\"b\",\"name\":\"usage.csv\",\"generation\":\"1\",\"size\":\"5\"}";
        HttpReply reply = send(
                "/",
                object,
                "Content-Type",
                "application/json",
                "ce-specversion",
                "1.0",
                "ce-id",
                "x",
                "ce-source",
                "//storage.googleapis.com/projects/_/buckets/b",
                "ce-subject",
                "objects/usage.csv",
                "ce-type",
                "google.cloud.storage.object.v1.finalized");

        assertThat(reply.status()).isEqualTo(404);
    }

    @Test
    void answersManyAtOnce() throws Exception {
        var threads = Executors.newFixedThreadPool(32);
        try {
            List<Future<Integer>> statuses = IntStream.range(0, 320)
                    .mapToObj(i -> threads.submit(() ->
                            send("/", pushed("m" + i, base64(event("e" + i)))).status()))
                    .toList();
            for (Future<Integer> status : statuses) {
                assertThat(status.get()).isEqualTo(204);
            }
        } finally {
            threads.shutdown();
        }
        assertThat(counted()).isEqualTo("320");
    }
}
