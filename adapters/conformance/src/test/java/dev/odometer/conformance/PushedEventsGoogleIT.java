package dev.odometer.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.conformance.google.InvokerProcess;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Pushes of Google Cloud, in its own invoker, on PostgreSQL: each is counted or stored as a dead letter before it is
 * acknowledged.
 */
class PushedEventsGoogleIT extends PushedEventsContract {

    private static final Map<String, String> DATABASE = Databases.fresh("google_events");
    private static final InvokerProcess INSTANCE = InvokerProcess.start(DATABASE);
    private static final String PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";

    @AfterAll
    static void stop() throws IOException {
        INSTANCE.close();
    }

    @Override
    HttpReply send(HttpRequest request) throws IOException {
        return INSTANCE.client().send(request);
    }

    @Override
    Map<String, String> database() {
        return DATABASE;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String pushed(String id, String data) {
        return "{\"message\":{\"data\":\"" + data + "\",\"messageId\":\"" + id
                + "\",\"publishTime\":\"2026-11-01T00:00:00Z\"},\"subscription\":\"projects/p/subscriptions/s\"}";
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
    void countsMessagesOfATopicFromEventarc() throws Exception {
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
    void storesPoisonAsADeadLetterOnceAndAcknowledgesIt() throws Exception {
        String poison = pushed(subject() + " poison", base64("no event"));

        assertThat(send("/", poison).status()).isEqualTo(204);
        assertThat(send("/", poison).status()).isEqualTo(204);
        assertThat(parkedReasons()).singleElement().asString().startsWith("invalid JSON");
    }

    @Test
    void acknowledgesStorageEventsOnlyWithABindingOfFiles() throws Exception {
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
    void answersConcurrentPushes() throws Exception {
        List<Integer> statuses = concurrently(
                320, i -> send("/", pushed("m" + i, base64(event("e" + i)))).status());

        assertThat(statuses).hasSize(320).containsOnly(204);
        assertThat(counted()).isEqualTo("320");
    }

    @Test
    void writesItsLog() throws Exception {
        send("/", pushed(subject() + " logged", base64("no event")));

        assertThat(INSTANCE.logged()).contains("usage: 1 items of projects/p/subscriptions/s became dead letters: ");
    }
}
