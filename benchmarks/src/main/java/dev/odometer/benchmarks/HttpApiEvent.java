package dev.odometer.benchmarks;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * An event of an HTTP API or of a function URL, payload format 2.0, as AWS documents it: cookies are not among the headers,
 * and parameters are also present decoded, with repeated ones joined by a comma.
 *
 * @param path as the event has it: encoded in an event of a function URL, decoded in one of an HTTP API
 */
record HttpApiEvent(
        String method, String path, String query, Map<String, String> headers, List<String> cookies, String body) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String BASE64 = "base64:";

    static HttpApiEvent get(String path) {
        return new HttpApiEvent("GET", path, "", Map.of("accept", "application/json"), List.of(), "");
    }

    static HttpApiEvent post(String path) {
        return get(path).with("accept", "application/json").withMethod("POST");
    }

    HttpApiEvent withMethod(String other) {
        return new HttpApiEvent(other, path, query, headers, cookies, body);
    }

    HttpApiEvent withQuery(String text) {
        return new HttpApiEvent(method, path, text, headers, cookies, body);
    }

    HttpApiEvent with(String header, String value) {
        var more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new HttpApiEvent(method, path, query, more, cookies, body);
    }

    HttpApiEvent withCookies(String... texts) {
        return new HttpApiEvent(method, path, query, headers, List.of(texts), body);
    }

    HttpApiEvent withJson(String text) {
        return new HttpApiEvent(method, path, query, headers, cookies, text).with("content-type", "application/json");
    }

    HttpApiEvent withText(String text) {
        return new HttpApiEvent(method, path, query, headers, cookies, text).with("content-type", "text/plain");
    }

    /** A body that the gateway passes in Base64. */
    HttpApiEvent withBytes(String contentType, byte[] bytes) {
        String text = BASE64 + Base64.getEncoder().encodeToString(bytes);
        return new HttpApiEvent(method, path, query, headers, cookies, text).with("content-type", contentType);
    }

    String json() {
        boolean isBinary = body.startsWith(BASE64);
        var event = new LinkedHashMap<String, Object>();
        event.put("version", "2.0");
        event.put("routeKey", "$default");
        event.put("rawPath", path);
        event.put("rawQueryString", query);
        if (!cookies.isEmpty()) {
            event.put("cookies", cookies);
        }
        event.put("headers", with("host", "api.example.com").with("x-forwarded-proto", "https").headers);
        if (!query.isEmpty()) {
            event.put("queryStringParameters", parameters());
        }
        event.put("requestContext", context());
        if (!body.isEmpty()) {
            event.put("body", isBinary ? body.substring(BASE64.length()) : body);
        }
        event.put("isBase64Encoded", isBinary);
        return JSON.writeValueAsString(event);
    }

    private Map<String, Object> context() {
        boolean isEncoded = path.contains("%");
        return Map.of(
                "accountId",
                "123456789012",
                "apiId",
                "measured",
                "domainName",
                isEncoded ? "measured.lambda-url.eu-west-1.on.aws" : "api.example.com",
                "http",
                Map.of(
                        "method",
                        method,
                        "path",
                        path,
                        "protocol",
                        "HTTP/1.1",
                        "sourceIp",
                        "192.0.2.1",
                        "userAgent",
                        "benchmark"),
                "requestId",
                "measured",
                "routeKey",
                "$default",
                "stage",
                "$default",
                "time",
                "01/Mar/2026:00:00:00 +0000",
                "timeEpoch",
                1_772_323_200_000L);
    }

    private Map<String, String> parameters() {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : query.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String value = parts.length > 1 ? URLDecoder.decode(parts[1], StandardCharsets.UTF_8) : "";
            parameters.merge(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8), value, (one, more) -> one + "," + more);
        }
        return parameters;
    }
}
