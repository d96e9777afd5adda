package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Shortcuts for requests, events and responses. */
final class Events {

    static final JsonMapper JSON = new JsonMapper();

    private Events() {}

    static HttpRequest request(String method, String target, String body, String... headers) {
        String[] parts = target.split("\\?", 2);
        return new HttpRequest(
                method,
                parts[0],
                parts.length > 1 ? parts[1] : null,
                Headers.of(headers),
                body.getBytes(StandardCharsets.UTF_8));
    }

    static HttpRequest get(String target, String... headers) {
        return request("GET", target, "", headers);
    }

    /** JSON from text with apostrophes instead of quotation marks. */
    static ObjectNode json(String text) {
        return (ObjectNode) JSON.readTree(text.replace('\'', '"'));
    }

    /** The response that a codec writes for a reply to an event. */
    static JsonNode written(Codec codec, int status, Headers headers, JsonNode event) {
        ObjectNode response = JSON.createObjectNode();
        codec.write(status, headers, response, event);
        return response;
    }
}
