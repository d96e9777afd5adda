package dev.odometer.conformance.aws;

import dev.odometer.door.http.HttpRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The parts that the events of all gateways share. */
final class Events {

    static final JsonMapper JSON = new JsonMapper();

    private Events() {}

    /** Adds the body: as text if the media type is textual and the body is not compressed, otherwise in base64. */
    static void body(ObjectNode event, HttpRequest request, boolean alwaysBase64) {
        String type = request.headers().first("Content-Type").orElse("");
        boolean text = !alwaysBase64
                && type.matches("text/.*|application/(json|javascript|xml).*")
                && request.headers().first("Content-Encoding").isEmpty();
        event.put(
                "body",
                text
                        ? new String(request.body(), StandardCharsets.UTF_8)
                        : Base64.getEncoder().encodeToString(request.body()));
        event.put("isBase64Encoded", !text);
    }

    /** The query parameters in order, with all their values. */
    static Map<String, List<String>> query(HttpRequest request, UnaryOperator<String> decode) {
        var parameters = new LinkedHashMap<String, List<String>>();
        String query = request.query() == null ? "" : request.query();
        for (String pair : query.split("&")) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters
                        .computeIfAbsent(decode.apply(name), key -> new ArrayList<>())
                        .add(decode.apply(value));
            }
        }
        return parameters;
    }

    static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** The headers of the client and those that a gateway adds. */
    static Map<String, List<String>> headers(HttpRequest request) {
        var headers = new LinkedHashMap<String, List<String>>();
        request.headers()
                .forEach((name, value) ->
                        headers.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
        headers.put("Host", List.of("usage.example.com"));
        headers.put("X-Forwarded-For", List.of("203.0.113.7"));
        headers.put("X-Forwarded-Proto", List.of("https"));
        headers.put("X-Amzn-Trace-Id", List.of("Root=1-65f2c1aa-4be1f5d07a51c2d08a1f3e77"));
        return headers;
    }

    /** Adds a map with the last of several values. */
    static void last(ObjectNode event, String member, Map<String, List<String>> values) {
        ObjectNode map = event.putObject(member);
        values.forEach((name, all) -> map.put(name, all.get(all.size() - 1)));
    }

    static void all(ObjectNode event, String member, Map<String, List<String>> values) {
        ObjectNode map = event.putObject(member);
        values.forEach((name, all) -> all.forEach(map.withArray(name)::add));
    }

    /** Adds a map of lower-case names, with several values joined. */
    static void joined(ObjectNode event, String member, Map<String, List<String>> values, String comma) {
        ObjectNode map = event.putObject(member);
        values.forEach((name, all) -> map.put(name, String.join(comma, all)));
    }
}
