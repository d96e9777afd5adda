package dev.odometer.google;

import dev.odometer.binding.Binding.Payload;
import dev.odometer.door.Envelope.Opened;
import dev.odometer.door.Item;
import dev.odometer.refusal.Refusal;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A message of Pub/Sub as it is pushed. Its data is a CloudEvent in structured mode, or an event's data where attributes
 * {@code ce-*} are with it (the Pub/Sub protocol binding), or it tells of an object in Cloud Storage.
 */
final class PubSub {

    private static final String PREFIX = "ce-";

    private PubSub() {}

    /** @throws Refusal when there is no message, or its data is not Base64 */
    static Opened open(JsonNode push) {
        JsonNode message = push.path("message");
        JsonNode attributes = message.path("attributes");
        String origin = push.path("subscription").asString("pubsub");
        if (!message.isObject()) {
            throw Refusal.invalid("a push must have a message");
        }
        return attributes.path("eventType").isString()
                        && attributes.path("objectId").isString()
                ? stored(attributes, origin)
                : new Opened(Payload.EVENTS, origin, List.of(item(message, attributes)));
    }

    private static Opened stored(JsonNode attributes, String origin) {
        if (!attributes.path("eventType").asString("").equals("OBJECT_FINALIZE")) {
            return new Opened(Payload.FILES, origin, List.of());
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        object.set("bucket", attributes.path("bucketId"));
        object.set("name", attributes.path("objectId"));
        object.set("generation", attributes.path("objectGeneration"));
        object.set("updated", attributes.path("eventTime"));
        return new Opened(Payload.FILES, origin, List.of(Files.arrived(object)));
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
        return new Item(id(message), group(message), contentType, event, data(message));
    }

    private static String id(JsonNode message) {
        return message.path("messageId").asString(message.path("message_id").asString("unknown"));
    }

    private static @Nullable String group(JsonNode message) {
        return message.path("orderingKey").asString(null);
    }

    private static byte[] data(JsonNode message) {
        try {
            return Base64.getDecoder().decode(message.path("data").asString(""));
        } catch (IllegalArgumentException broken) {
            throw Refusal.invalid("the message's data is not Base64");
        }
    }
}
