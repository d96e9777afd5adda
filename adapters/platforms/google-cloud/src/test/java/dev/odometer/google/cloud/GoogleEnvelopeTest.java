package dev.odometer.google.cloud;

import static dev.odometer.google.cloud.Samples.PUBLISHED;
import static dev.odometer.google.cloud.Samples.STORAGE;
import static dev.odometer.google.cloud.Samples.event;
import static dev.odometer.google.cloud.Samples.item;
import static dev.odometer.google.cloud.Samples.message;
import static dev.odometer.google.cloud.Samples.notification;
import static dev.odometer.google.cloud.Samples.push;
import static dev.odometer.google.cloud.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.door.batch.Item;
import dev.odometer.door.http.Envelope.Opened;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class GoogleEnvelopeTest {

    private static final String FILE = "{\"arrivedAt\":\"2026-11-01T00:00:00Z\",\"container\":\"inbox\","
            + "\"key\":\"a/b.csv\",\"size\":5,\"version\":\"17\"}";

    private final GoogleEnvelope envelope = new GoogleEnvelope();

    private Opened open(Item pushed) {
        return envelope.open(pushed).orElseThrow();
    }

    private Item only(Item pushed) {
        Opened inside = open(pushed);
        assertThat(inside.items()).hasSize(1);
        return inside.items().get(0);
    }

    private static String text(Item item) {
        return new String(item.body(), StandardCharsets.UTF_8);
    }

    static Stream<Arguments> publishedMessages() {
        ObjectNode push = push(message("m-1", "the data, ü"));
        return Stream.of(
                Arguments.of("a push", item(push)),
                Arguments.of("Eventarc, binary", item(push, PUBLISHED)),
                Arguments.of("Eventarc, structured", item(event(PUBLISHED, push))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("publishedMessages")
    void opensAPublishedMessage(String form, Item pushed) {
        Opened inside = open(pushed);

        assertThat(inside.payload()).isEqualTo(Payload.EVENTS);
        assertThat(inside.origin()).isEqualTo("projects/p/subscriptions/s");
        assertThat(inside.items()).extracting(Item::id).containsExactly("m-1");
        assertThat(inside.items()).extracting(GoogleEnvelopeTest::text).containsExactly("the data, ü");
    }

    @Test
    void opensAnEventInBinaryMode() {
        ObjectNode message = message("m", "{}");
        message.putObject("attributes")
                .put("ce-id", "1")
                .put("CE-Type", "order")
                .put("Content-Type", "application/json")
                .put("googclient_schemaencoding", "JSON");

        Item inside = only(item(push(message)));

        assertThat(inside.attributes()).isEqualTo(Map.of("id", "1", "type", "order"));
        assertThat(inside.contentType()).isEqualTo("application/json");
    }

    @Test
    void opensAnEventInStructuredModeUnchanged() {
        ObjectNode message = message("m", "{}");
        message.putObject("attributes")
                .put("ce-id", "1")
                .put("content-type", "application/cloudevents+json; charset=utf-8");

        assertThat(only(item(push(message))).attributes()).isEmpty();
    }

    @Test
    void usesTheOrderingKeyAsTheGroup() {
        ObjectNode message = message("m", "{}").put("orderingKey", "acme");

        assertThat(only(item(push(message))).group()).isEqualTo("acme");
        assertThat(only(item(push(message.put("orderingKey", "")))).group()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"messageId", "message_id"})
    void usesTheMessageIdAsTheItemId(String member) {
        ObjectNode message = message("m-2", "{}");
        message.remove(member);

        assertThat(only(item(push(message))).id()).isEqualTo("m-2");
    }

    @Test
    void usesAHashAsTheIdWithoutAMessageId() {
        ObjectNode one = message("", "one");
        ObjectNode two = message("", "two");

        assertThat(only(item(push(one))).id())
                .startsWith("sha256:")
                .isNotEqualTo(only(item(push(two))).id());
    }

    @Test
    void acceptsAMessageWithoutData() {
        ObjectNode message = message("m", "");
        message.remove("data");

        assertThat(only(item(push(message))).body()).isEmpty();
    }

    static Stream<Arguments> storageEvents() {
        ObjectNode object = stored("inbox", "a/b.csv");
        return Stream.of(
                Arguments.of("Eventarc, binary", item(object, STORAGE + "finalized")),
                Arguments.of("Eventarc, structured", item(event(STORAGE + "finalized", object))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("storageEvents")
    void opensAStorageEvent(String form, Item pushed) {
        assertThat(open(pushed).payload()).isEqualTo(Payload.FILES);
        assertThat(text(only(pushed))).isEqualTo(FILE);
        assertThat(only(pushed).id()).isEqualTo("inbox/a/b.csv#17");
    }

    @Test
    void opensABucketNotification() {
        Item pushed = item(notification("OBJECT_FINALIZE", "inbox", "a/b.csv"));

        assertThat(open(pushed).payload()).isEqualTo(Payload.FILES);
        assertThat(text(only(pushed))).isEqualTo(FILE.replace("\"size\":5,", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"deleted", "archived", "metadataUpdated"})
    void skipsOtherStorageEvents(String what) {
        assertThat(open(item(stored("inbox", "a"), STORAGE + what)).items()).isEmpty();
        assertThat(open(item(event(STORAGE + what, stored("inbox", "a")))).items())
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OBJECT_DELETE", "OBJECT_ARCHIVE", "OBJECT_METADATA_UPDATE"})
    void skipsOtherBucketNotifications(String type) {
        assertThat(open(item(notification(type, "inbox", "a"))).items()).isEmpty();
    }

    @Test
    void treatsEventsWithSimilarAttributesAsUsage() {
        ObjectNode message = message("m", "{}");
        message.putObject("attributes").put("eventType", "OBJECT_DELETE").put("objectId", "o");

        assertThat(open(item(push(message))).payload()).isEqualTo(Payload.EVENTS);
        assertThat(only(item(push(message))).id()).isEqualTo("m");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"subscription\":\"s\",\"message\":{\"data\":\"no base64\"}}",
                "{\"subscription\":\"s\",\"message\":{\"data\":{\"id\":\"1\"}}}",
                "{\"type\":\"google.cloud.pubsub.topic.v1.messagePublished\",\"data\":null}",
                "{\"type\":\"google.cloud.pubsub.topic.v1.messagePublished\",\"data\":{\"message\":[]}}",
                "{\"type\":\"google.cloud.storage.object.v1.finalized\",\"data\":{\"bucket\":\"b\"}}",
                "{\"type\":\"google.cloud.storage.object.v1.finalized\"}"
            })
    void refusesBrokenEnvelopes(String body) {
        assertThatThrownBy(() -> envelope.open(item(body))).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "[]",
                "\"text\"",
                "{}",
                "{\"subscription\":\"s\"}",
                "{\"message\":{}}",
                "{\"subscription\":\"s\",\"message\":\"text\"}",
                "{\"specversion\":\"1.0\",\"type\":\"order\"}"
            })
    void ignoresOtherBodies(String body) {
        assertThat(envelope.open(item(body))).isEmpty();
    }

    /** These events may be usage, such as audit log entries that count as calls. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "google.cloud.audit.log.v1.written",
                "google.cloud.firestore.document.v1.created",
                "google.cloud.storage.object.v2.finalized"
            })
    void ignoresOtherEventsOfGoogleCloud(String type) {
        assertThat(envelope.open(item("{}", type))).isEmpty();
        assertThat(envelope.open(item(event(type, Samples.object())))).isEmpty();
    }
}
