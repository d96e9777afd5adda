package dev.odometer.google.cloud;

import dev.odometer.door.batch.Item;
import dev.odometer.door.http.Envelope;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Opens the envelopes of Google Cloud: a Pub/Sub push ({@code message} and {@code subscription}, see "Push
 * subscriptions" in its documentation), the same as a CloudEvent from Eventarc, and Cloud Storage events from Eventarc
 * or Pub/Sub.
 */
final class GoogleEnvelope implements Envelope {

    private static final String PUBLISHED = "google.cloud.pubsub.topic.v1.messagePublished";
    private static final String STORAGE = "google.cloud.storage.object.v1.";

    private final JsonMapper json = new JsonMapper();

    @Override
    public Optional<Opened> open(Item pushed) {
        String type = pushed.attributes().getOrDefault("type", "");
        if (!type.isEmpty() && !type.equals(PUBLISHED) && !type.startsWith(STORAGE)) {
            return Optional.empty();
        }
        return read(pushed.body()).flatMap(body -> type.isEmpty() ? structured(body) : data(type, body));
    }

    /** Opens a body without CloudEvents attributes: a CloudEvent in structured mode or a plain Pub/Sub push. */
    private static Optional<Opened> structured(JsonNode body) {
        return isPush(body)
                ? Optional.of(PubSub.open(body))
                : data(body.path("type").asString(""), body.path("data"));
    }

    private static Optional<Opened> data(String type, JsonNode data) {
        if (type.equals(PUBLISHED)) {
            return Optional.of(PubSub.open(data));
        }
        return type.startsWith(STORAGE)
                ? Optional.of(Files.changed(type.substring(STORAGE.length()), "storage", data))
                : Optional.empty();
    }

    private static boolean isPush(JsonNode body) {
        return body.path("subscription").isString() && body.path("message").isObject();
    }

    /** Empty if the body is not a JSON object, which the door then refuses. */
    private Optional<JsonNode> read(byte[] body) {
        try {
            return Optional.of(json.readTree(body)).filter(JsonNode::isObject);
        } catch (JacksonException unreadable) {
            return Optional.empty();
        }
    }
}
