package dev.odometer.google.cloud;

import dev.odometer.door.batch.Item;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Sample bodies of Google Cloud, with the members that are read. */
final class Samples {

    static final JsonMapper JSON = new JsonMapper();
    static final String PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";
    static final String STORAGE = "google.cloud.storage.object.v1.";

    private Samples() {}

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    /** A CloudEvent in structured mode. */
    static ObjectNode event(String id, String subject) {
        return object().put("specversion", "1.0")
                .put("id", id)
                .put("source", "shop")
                .put("type", "order")
                .put("subject", subject);
    }

    static ObjectNode event(String type, JsonNode data) {
        ObjectNode event = event("ce", "objects/a").put("type", type);
        event.set("data", data);
        return event;
    }

    static ObjectNode message(String id, String data) {
        return object().put("messageId", id)
                .put("message_id", id)
                .put("publishTime", "2026-11-01T00:00:00Z")
                .put("data", base64(data));
    }

    static ObjectNode push(ObjectNode message) {
        ObjectNode push = object().put("subscription", "projects/p/subscriptions/s");
        push.set("message", message);
        return push;
    }

    /** An object resource, in which numbers are strings. */
    static ObjectNode stored(String bucket, String name) {
        return object().put("kind", "storage#object")
                .put("bucket", bucket)
                .put("name", name)
                .put("generation", "17")
                .put("size", "5")
                .put("updated", "2026-11-01T00:00:00Z");
    }

    static ObjectNode notification(String type, String bucket, String name) {
        ObjectNode message = message("n", "{}");
        message.putObject("attributes")
                .put("notificationConfig", "projects/_/buckets/" + bucket + "/notificationConfigs/1")
                .put("eventType", type)
                .put("payloadFormat", "JSON_API_V1")
                .put("bucketId", bucket)
                .put("objectId", name)
                .put("objectGeneration", "17")
                .put("eventTime", "2026-11-01T00:00:00Z");
        return push(message);
    }

    static Item item(JsonNode body, String... attributes) {
        return item(body.toString(), attributes);
    }

    /** An item in binary mode, if a type is given. */
    static Item item(String body, String... type) {
        return Item.unnamed(
                "application/json",
                type.length == 0 ? Map.of() : Map.of("type", type[0]),
                body.getBytes(StandardCharsets.UTF_8));
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
