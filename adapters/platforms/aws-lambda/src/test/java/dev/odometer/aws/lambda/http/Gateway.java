package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.request.Percent;
import dev.odometer.door.request.Query;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Simulates how the gateways of Lambda functions translate requests to events, as documented by AWS. */
enum Gateway {
    REST,
    HTTP_1,
    HTTP_2,
    URL,
    BALANCER_SINGLE,
    BALANCER_MULTI;

    static final String STAGE = "live";

    private static final JsonMapper JSON = new JsonMapper();

    ObjectNode event(HttpRequest request) {
        ObjectNode event = JSON.createObjectNode();
        switch (this) {
            case REST, HTTP_1 -> payloadOne(request, event);
            case HTTP_2, URL -> payloadTwo(request, event);
            case BALANCER_SINGLE, BALANCER_MULTI -> balanced(request, event);
        }
        body(request, event);
        return event;
    }

    private void payloadOne(HttpRequest request, ObjectNode event) {
        if (this == HTTP_1) {
            event.put("version", "1.0");
        }
        event.put("resource", "/{proxy+}");
        event.put("httpMethod", request.method());
        event.put("path", this == HTTP_1 ? decodedPath(request) : request.path());
        single(request, event.putObject("headers"), false);
        multi(request, event.putObject("multiValueHeaders"), false);
        Map<String, List<String>> query = parameters(request, true);
        if (query.isEmpty()) {
            event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
        } else {
            ObjectNode last = event.putObject("queryStringParameters");
            query.forEach((name, values) -> last.put(name, values.get(values.size() - 1)));
            event.set("multiValueQueryStringParameters", JSON.valueToTree(query));
        }
        event.putNull("pathParameters");
        event.putObject("requestContext").put("stage", STAGE).put("apiId", "a1b2");
    }

    private void payloadTwo(HttpRequest request, ObjectNode event) {
        event.put("version", "2.0").put("routeKey", "$default");
        event.put("rawPath", this == HTTP_2 ? decodedPath(request) : request.path());
        event.put("rawQueryString", request.query() == null ? "" : request.query());
        ObjectNode headers = event.putObject("headers");
        request.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Cookie")) {
                List.of(value.split("; ")).forEach(event.withArrayProperty("cookies")::add);
            } else {
                headers.put(lower(name), request.headers().joined(name).orElseThrow());
            }
        });
        event.putObject("requestContext")
                .put("stage", this == HTTP_2 ? STAGE : "$default")
                .put("domainName", this == HTTP_2 ? "a1b2.execute-api.test" : "a1b2.lambda-url.test")
                .putObject("http")
                .put("method", request.method());
    }

    private void balanced(HttpRequest request, ObjectNode event) {
        event.putObject("requestContext").putObject("elb").put("targetGroupArn", "arn:test");
        event.put("httpMethod", request.method()).put("path", request.path());
        Map<String, List<String>> query = parameters(request, false);
        if (this == BALANCER_MULTI) {
            multi(request, event.putObject("multiValueHeaders"), true);
            event.set("multiValueQueryStringParameters", JSON.valueToTree(query));
        } else {
            single(request, event.putObject("headers"), true);
            ObjectNode last = event.putObject("queryStringParameters");
            query.forEach((name, values) -> last.put(name, values.get(values.size() - 1)));
        }
    }

    /** Text unchanged and other bytes in Base64, depending on the media type, as with an API's binary media types. */
    private static void body(HttpRequest request, ObjectNode event) {
        if (request.body().length == 0) {
            event.putNull("body").put("isBase64Encoded", false);
            return;
        }
        try {
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(request.body()));
            event.put("body", text.toString()).put("isBase64Encoded", false);
        } catch (CharacterCodingException binary) {
            event.put("body", Base64.getEncoder().encodeToString(request.body()))
                    .put("isBase64Encoded", true);
        }
    }

    private static String decodedPath(HttpRequest request) {
        return "/" + STAGE + "/" + String.join("/", Percent.segments(request.path()));
    }

    private static Map<String, List<String>> parameters(HttpRequest request, boolean decoded) {
        if (decoded) {
            var parsed = Query.parse(request.query());
            var all = new LinkedHashMap<String, List<String>>();
            parsed.names().forEach(name -> all.put(name, parsed.all(name)));
            return all;
        }
        var raw = new LinkedHashMap<String, List<String>>();
        if (request.query() == null || request.query().isEmpty()) {
            return raw;
        }
        for (String pair : request.query().split("&")) {
            String[] parts = pair.split("=", 2);
            raw.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(parts.length > 1 ? parts[1] : "");
        }
        return raw;
    }

    private static void single(HttpRequest request, ObjectNode headers, boolean lower) {
        request.headers().forEach((name, value) -> headers.put(lower ? lower(name) : name, value));
    }

    private static void multi(HttpRequest request, ObjectNode headers, boolean lower) {
        request.headers()
                .forEach((name, value) ->
                        headers.withArrayProperty(lower ? lower(name) : name).add(value));
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The values of a header that the gateway passes on. */
    List<String> arriving(Headers headers, String name) {
        List<String> all = headers.all(name);
        return switch (this) {
            case BALANCER_SINGLE -> all.subList(all.size() - 1, all.size());
            case HTTP_2, URL -> List.of(String.join(name.equalsIgnoreCase("Cookie") ? "; " : ", ", all));
            default -> all;
        };
    }
}
