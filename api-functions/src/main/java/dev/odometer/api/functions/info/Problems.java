package dev.odometer.api.functions.info;

import dev.odometer.functions.route.MediaTypes;
import java.util.List;
import java.util.Map;

/** The errors of the API in its OpenAPI document. */
final class Problems {

    static final Map<String, Object> SCHEMA = Map.of(
            "type",
            "object",
            "description",
            "An error, as RFC 9457 defines it.",
            "properties",
            Map.of(
                    "type", Map.of("type", "string"),
                    "title", Map.of("type", "string"),
                    "status", Map.of("type", "integer"),
                    "detail", Map.of("type", "string", "description", "The reason, with the invalid value."),
                    "instance", Map.of("type", "string", "description", "The id of the request, as in the log."),
                    "extensions", Map.of("type", "object", "additionalProperties", true),
                    "invalid_parameters",
                            Map.of("type", "array", "items", Map.of("type", "object", "additionalProperties", true))),
            "required",
            List.of("type", "title", "status", "instance"));

    static final Map<String, Object> RESPONSES = Map.of(
            "BadRequest", response("The request is invalid."),
            "Unauthorized", response("The API key or the token is missing or invalid."),
            "Forbidden", response("The API key or the token does not allow the request."),
            "NotFound", response("An object of the path or of the request does not exist."),
            "Conflict", response("The request contradicts the current state."),
            "Problem", response("An error. After a 429 or a 503, the request can be repeated."));

    private Problems() {}

    /** A reference to one of the responses. */
    static Map<String, Object> reference(String name) {
        return Map.of("$ref", "#/components/responses/" + name);
    }

    private static Map<String, Object> response(String description) {
        return Map.of(
                "description",
                description,
                "content",
                Map.of(MediaTypes.PROBLEM, Map.of("schema", Map.of("$ref", "#/components/schemas/Problem"))));
    }
}
