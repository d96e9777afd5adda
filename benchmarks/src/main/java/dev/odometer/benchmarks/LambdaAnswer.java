package dev.odometer.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a function answered to an event.
 *
 * @param text the response as the runtime client sent it
 * @param log all that the process logged
 */
record LambdaAnswer(String text, String log) {

    static final String FAILED = "the invocation fails";
    private static final JsonMapper JSON = new JsonMapper();

    boolean isFailed() {
        return text.startsWith("failed: ");
    }

    JsonNode json() {
        return parsed(text);
    }

    /** The status; or that the invocation fails, which a gateway answers with a 5xx of its own. */
    String status() {
        return isFailed() ? FAILED : json().path("statusCode").asString("no status");
    }

    /** Whether the response contains the text, possibly in a body in Base64. */
    boolean contains(String part) {
        return text.contains(part) || new String(body(), StandardCharsets.UTF_8).contains(part);
    }

    byte[] body() {
        String body = json().path("body").asString("");
        return json().path("isBase64Encoded").asBoolean(false)
                ? Base64.getDecoder().decode(body)
                : body.getBytes(StandardCharsets.UTF_8);
    }

    /** A member of the JSON in the body; the status if it is not 200. */
    String member(String name) {
        if (!status().equals("200")) {
            return status();
        }
        JsonNode member = parsed(new String(body(), StandardCharsets.UTF_8)).path(name);
        return member.isMissingNode() || member.isNull() || (member.isEmpty() && !member.isString())
                ? "not passed"
                : member.isString() ? member.stringValue() : member.toString();
    }

    /** The value of a header, whose name is case-insensitive. */
    String header(String name) {
        JsonNode headers = json().path("headers");
        return headers.propertyNames().stream()
                .filter(name::equalsIgnoreCase)
                .map(key -> headers.path(key).asString(""))
                .collect(Collectors.joining("; "));
    }

    private static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException malformed) {
            return JSON.missingNode();
        }
    }
}
