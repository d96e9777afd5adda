package dev.odometer.conformance.aws;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API Gateway HTTP API with payload format 2.0: lower-case header names, several values joined by commas, cookies
 * separate, the query as sent, the path decoded and prefixed by the name of the stage.
 */
record HttpApi(String stage) implements Gateway {

    @Override
    public String name() {
        return "HTTP API";
    }

    @Override
    public byte[] event(HttpRequest request) {
        String path = (stage.equals("$default") ? "" : "/" + stage) + decodedPath(request.path());
        return Events.JSON.writeValueAsBytes(
                event(request, path, stage, "a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"));
    }

    /** A plus in a path is not a space. An encoded question mark ends the path after decoding. */
    private static String decodedPath(String path) {
        return Events.decoded(path.replace("+", "%2B")).replaceFirst("\\?.*", "");
    }

    /** The parts that Function URLs send, too. */
    static ObjectNode event(HttpRequest request, String path, String stage, String domain) {
        ObjectNode event = Events.JSON.createObjectNode();
        event.put("version", "2.0").put("routeKey", "$default").put("rawPath", path);
        event.put("rawQueryString", request.query() == null ? "" : request.query());
        var headers = new TreeMap<String, List<String>>();
        Events.headers(request).forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all));
        List<String> cookies = headers.remove("cookie");
        if (cookies != null) {
            cookies.stream().flatMap(all -> List.of(all.split("; *")).stream()).forEach(event.putArray("cookies")::add);
        }
        Events.joined(event, "headers", headers, ",");
        var query = Events.query(request, Events::decoded);
        if (!query.isEmpty()) {
            Events.joined(event, "queryStringParameters", query, ",");
        }
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", "123456789012").put("apiId", domain.substring(0, domain.indexOf('.')));
        context.put("domainName", domain).put("domainPrefix", domain.substring(0, domain.indexOf('.')));
        context.put("requestId", "JKJaXmPLvHcESHA=").put("routeKey", "$default").put("stage", stage);
        context.put("time", "01/Nov/2026:00:00:00 +0000").put("timeEpoch", 1793491200000L);
        ObjectNode http = context.putObject("http");
        http.put("method", request.method()).put("path", path).put("protocol", "HTTP/1.1");
        http.put("sourceIp", "203.0.113.7").put("userAgent", "curl/8.5.0");
        if (request.body().length == 0) {
            event.put("isBase64Encoded", false);
        } else {
            Events.body(event, request, false);
        }
        return event;
    }

    @Override
    public HttpReply reply(byte[] answer) {
        return read(answer);
    }

    static HttpReply read(byte[] answer) {
        return Replies.read(answer, 500, tree -> {
            if (!tree.has("statusCode")) {
                return new HttpReply(
                        200,
                        Headers.of("Content-Type", "application/json"),
                        tree.toString().getBytes(StandardCharsets.UTF_8));
            }
            if (tree.has("multiValueHeaders")) {
                throw new Replies.Malformed("multiValueHeaders belong to payload format 1.0");
            }
            var headers = Replies.none();
            Replies.addSingle(headers, tree.path("headers"));
            if (headers.containsKey("Set-Cookie")) {
                throw new Replies.Malformed("cookies must be in the member cookies");
            }
            for (JsonNode cookie : tree.path("cookies")) {
                Replies.addMulti(
                        headers,
                        Events.JSON
                                .createObjectNode()
                                .set("Set-Cookie", Events.JSON.createArrayNode().add(cookie)));
            }
            return new HttpReply(Replies.status(tree), Headers.of(headers), Replies.body(tree));
        });
    }
}
