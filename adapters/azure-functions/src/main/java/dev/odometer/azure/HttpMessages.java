package dev.odometer.azure;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.odometer.door.Headers;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The worker's messages, to and from the canonical ones. */
final class HttpMessages {

    private HttpMessages() {}

    /** Path and query come from the URI: the map of parameters has lost empty values and joined the others. */
    static HttpRequest request(HttpRequestMessage<Optional<String>> message) {
        var headers = Headers.NONE;
        for (Map.Entry<String, String> header : message.getHeaders().entrySet()) {
            if (header.getValue() != null) {
                headers = headers.with(header.getKey(), header.getValue());
            }
        }
        Optional<String> body = message.getBody();
        return new HttpRequest(
                message.getHttpMethod().name(),
                message.getUri().getRawPath(),
                message.getUri().getRawQuery(),
                headers,
                body == null ? new byte[0] : body.orElse("").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * What the host has done to the body before it came here, if anything: it hands over text, so what was compressed
     * cannot be read any more.
     */
    static Optional<String> loss(HttpRequest request) {
        return request.headers()
                .joined("Content-Encoding")
                .filter(coding -> !coding.isBlank()
                        && !coding.strip().toLowerCase(Locale.ROOT).equals("identity"))
                .map(coding -> "a body with a content encoding does not arrive whole on this platform: send it plain");
    }

    /**
     * Bytes or nothing, which is what the worker does not convert.
     *
     * @throws IllegalStateException for two cookies: the platform would send the last one only
     */
    static HttpResponseMessage reply(HttpReply reply, HttpRequestMessage<?> request) {
        var builder = request.createResponseBuilder(HttpStatusType.custom(reply.status()));
        joined(reply.headers()).forEach(builder::header);
        if (reply.body().length > 0) {
            builder.body(reply.body());
        }
        return builder.build();
    }

    private static Map<String, String> joined(Headers headers) {
        var all = new LinkedHashMap<String, List<String>>();
        headers.forEach((name, value) ->
                all.computeIfAbsent(name, key -> new ArrayList<>()).add(value));
        var joined = new LinkedHashMap<String, String>();
        all.forEach((name, values) -> {
            if (name.equalsIgnoreCase("Set-Cookie") && values.size() > 1) {
                throw new IllegalStateException(
                        "Azure Functions sends one cookie with an answer, not " + values.size());
            }
            joined.put(name, String.join(", ", values));
        });
        return joined;
    }
}
