package dev.odometer.azure.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.odometer.door.Headers;
import dev.odometer.door.HttpReply;
import dev.odometer.door.HttpRequest;
import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
     * A refusal of what the host has lost of the body before it came here: it hands over text, and nothing where the
     * request says no length.
     */
    static Optional<RuntimeException> loss(HttpRequest request) {
        Headers headers = request.headers();
        boolean isEmpty = request.body().length == 0;
        if (isEmpty && headers.first("Transfer-Encoding").isPresent()) {
            return Optional.of(Rejection.of(411, "a body without a Content-Length does not arrive on this platform"));
        }
        if (!isEmpty && isEncoded(headers)) {
            return Optional.of(
                    Rejection.of(415, "a body with a content encoding does not arrive whole on this platform")
                            .with("Accept-Encoding", "identity"));
        }
        boolean isWhole = headers.first("Content-Length")
                .filter(length -> length.matches("\\d{1,18}"))
                .map(length -> Long.parseLong(length) == request.body().length)
                .orElse(true);
        return isWhole ? Optional.empty() : Optional.of(Refusal.invalid("the body is not UTF-8"));
    }

    private static boolean isEncoded(Headers headers) {
        String encoding = headers.joined("Content-Encoding").orElse("").strip();
        return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
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
