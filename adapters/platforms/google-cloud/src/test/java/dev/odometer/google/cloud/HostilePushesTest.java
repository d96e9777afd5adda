package dev.odometer.google.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.batch.Item;
import dev.odometer.door.http.HttpReply;
import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** No pushed body is lost or causes an unexpected error. */
class HostilePushesTest {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String[] MEMBERS = {
        "message", "subscription", "data", "attributes", "messageId", "message_id", "orderingKey", "type", "eventType",
        "notificationConfig", "bucketId", "objectId", "bucket", "name", "specversion", "ce-id", "ce-type",
                "content-type"
    };

    @Provide
    Arbitrary<JsonNode> trees() {
        return objects(objects(objects(scalars())));
    }

    private static Arbitrary<JsonNode> scalars() {
        Arbitrary<String> words = Arbitraries.of(
                Samples.PUBLISHED,
                Samples.STORAGE + "finalized",
                Samples.STORAGE + "deleted",
                "OBJECT_FINALIZE",
                "application/cloudevents+json",
                "\u0000",
                "",
                "%zz");
        Arbitrary<JsonNode> texts =
                Arbitraries.oneOf(words, Arbitraries.strings().ofMaxLength(8)).map(JSON::stringNode);
        return Arbitraries.oneOf(
                texts, texts, Arbitraries.of(JSON.nullNode(), JSON.booleanNode(true), JSON.numberNode(1.5)));
    }

    /** Objects with the given members, some of which are replaced by lists or scalars. */
    private static Arbitrary<JsonNode> objects(Arbitrary<JsonNode> members) {
        Arbitrary<JsonNode> lists = members.map(member -> JSON.arrayNode().add(member));
        Arbitrary<JsonNode> values = Arbitraries.oneOf(members, lists, scalars());
        return Arbitraries.maps(Arbitraries.of(MEMBERS), values).ofMaxSize(5).map(HostilePushesTest::object);
    }

    private static JsonNode object(Map<String, JsonNode> members) {
        ObjectNode object = JSON.objectNode();
        members.forEach(object::set);
        return object;
    }

    /** Objects with the shape of a push, which pass the first checks. */
    @Provide
    Arbitrary<JsonNode> pushes() {
        return objects(objects(scalars())).map(message -> Samples.push((ObjectNode) message));
    }

    @Provide
    Arbitrary<String> types() {
        return Arbitraries.of("", "order", Samples.PUBLISHED, Samples.STORAGE + "finalized", Samples.STORAGE);
    }

    private static void open(byte[] body, String type) {
        Map<String, String> attributes = type.isEmpty() ? Map.of() : Map.of("type", type);
        try {
            new GoogleEnvelope()
                    .open(Item.unnamed("application/json", attributes, body))
                    .ifPresent(inside -> assertThat(inside.items().size()).isLessThan(2));
        } catch (Refusal expected) {
            assertThat(expected.detail()).isNotEmpty();
        }
    }

    @Property(tries = 300)
    void opensOrRefusesAnyBytes(@ForAll byte[] body, @ForAll("types") String type) {
        open(body, type);
    }

    @Property(tries = 300)
    void opensOrRefusesAnyJson(@ForAll("trees") JsonNode tree, @ForAll("types") String type) {
        open(tree.toString().getBytes(StandardCharsets.UTF_8), type);
    }

    @Property(tries = 300)
    void countsAnyPushOrStoresItAsADeadLetter(@ForAll("pushes") JsonNode push) {
        TestFunctions.reset();
        byte[] body = push.toString().getBytes(StandardCharsets.UTF_8);

        HttpReply reply = TestFunctions.push("/channels/item", body, "Content-Type", "application/json");

        // 404 for a bucket notification, because the channel takes events and not files.
        assertThat(reply.status()).isIn(204, 404);
        if (reply.status() == 204) {
            assertThat(TestFunctions.COUNTED.size() + TestFunctions.parked().size())
                    .isEqualTo(1);
        }
    }

    @Property(tries = 300)
    void storesAnyOtherBytesAsADeadLetterUnchanged(@ForAll byte[] body) {
        TestFunctions.reset();

        assertThat(TestFunctions.push("/channels/item", body).status()).isEqualTo(204);
        assertThat(TestFunctions.parked())
                .singleElement()
                .extracting(DeadLetter::body)
                .isEqualTo(body);
    }

    @Example
    void handlesDeepAndLongJson() {
        TestFunctions.reset();
        String deep = "{\"message\":".repeat(100_000);
        String large = Samples.push(Samples.message("m", "x".repeat(5_000_000))).toString();

        assertThat(TestFunctions.push("/channels/item", deep)).isEqualTo(204);
        assertThat(TestFunctions.push("/channels/item", large)).isEqualTo(204);
        assertThat(TestFunctions.parked()).hasSize(2);
    }

    @Example
    void doesNotEchoHeaders() {
        TestFunctions.reset();
        HttpReply reply = TestFunctions.push(
                "/channels/item",
                "{}".getBytes(StandardCharsets.UTF_8),
                "ce-id",
                "1",
                "ce-type",
                "order",
                "ce-source",
                "s",
                "ce-specversion",
                "1.0",
                "ce-subject",
                "acme",
                "Authorization",
                "Bearer secret",
                "X-Goog-Pubsub-Message-Id",
                "7");

        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.body()).isEmpty();
        assertThat(reply.headers()).hasToString("[X-Content-Type-Options, X-Request-Id]");
    }
}
