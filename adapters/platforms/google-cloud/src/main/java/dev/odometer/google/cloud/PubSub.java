package dev.odometer.google.cloud;

import dev.odometer.door.batch.Item;
import dev.odometer.door.http.Envelope.Opened;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.refusal.Refusal;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Opens pushed Pub/Sub messages. The data of a message is a CloudEvent in structured mode or, if the message has {@code
 * ce-*} attributes, the data of an event in binary mode (CloudEvents Pub/Sub protocol binding). A message can also be a
 * notification about an object in Cloud Storage.
 */
final class PubSub {

    private static final String PREFIX = "ce-";
    private static final String STRUCTURED = "application/cloudevents";

    private PubSub() {}

    /** @throws Refusal INVALID when there is no message or its data is not Base64 */
    static Opened open(JsonNode push) {
        JsonNode message = push.path("message");
        JsonNode attributes = message.path("attributes");
        String origin = push.path("subscription").asString("pubsub");
        if (!message.isObject()) {
            throw Refusal.invalid("a push must have a message");
        }
        return isNotification(attributes)
                ? Files.changed(attributes.path("eventType").asString(""), origin, object(attributes))
                : new Opened(Payload.EVENTS, origin, List.of(item(message, attributes)));
    }

    /** Requires several attributes, because a sender of usage may also use an attribute named {@code eventType}. */
    private static boolean isNotification(JsonNode attributes) {
        return attributes.has("notificationConfig")
                && attributes.has("bucketId")
                && attributes.path("eventType").asString("").startsWith("OBJECT_");
    }

    private static JsonNode object(JsonNode attributes) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set("bucket", attributes.path("bucketId"));
        object.set("name", attributes.path("objectId"));
        object.set("generation", attributes.path("objectGeneration"));
        object.set("updated", attributes.path("eventTime"));
        return object;
    }

    private static Item item(JsonNode message, JsonNode attributes) {
        var event = new TreeMap<String, String>();
        String contentType = null;
        for (Map.Entry<String, JsonNode> attribute : attributes.properties()) {
            String name = attribute.getKey().toLowerCase(Locale.ROOT);
            String value = attribute.getValue().asString("");
            if (name.equals("content-type")) {
                contentType = value;
            } else if (name.startsWith(PREFIX)) {
                event.put(name.substring(PREFIX.length()), value);
            }
        }
        boolean structured =
                contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(STRUCTURED);
        return named(message, Item.unnamed(contentType, structured ? Map.of() : event, data(message)));
    }

    /** Uses the message id of Pub/Sub as the item's id, if present. An empty ordering key means no ordering key. */
    private static Item named(JsonNode message, Item item) {
        String id = text(message, "messageId", "message_id");
        String group = text(message, "orderingKey", "ordering_key");
        return new Item(
                id.isEmpty() ? item.id() : id,
                group.isEmpty() ? null : group,
                item.contentType(),
                item.attributes(),
                item.body());
    }

    /** Reads a member that Pub/Sub sends under two names, in camel case and in snake case. */
    private static String text(JsonNode message, String name, String other) {
        return message.path(name).asString(message.path(other).asString(""));
    }

    private static byte[] data(JsonNode message) {
        JsonNode data = message.path("data");
        if (!data.isString() && !data.isMissingNode() && !data.isNull()) {
            throw Refusal.invalid("the message's data is not a string");
        }
        try {
            return Base64.getDecoder().decode(data.asString(""));
        } catch (IllegalArgumentException broken) {
            throw Refusal.invalid("the message's data is not Base64");
        }
    }
}
