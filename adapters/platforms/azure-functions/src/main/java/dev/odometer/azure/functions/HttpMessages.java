package dev.odometer.azure.functions;

import com.microsoft.azure.functions.HttpRequestMessage;
import com.microsoft.azure.functions.HttpResponseMessage;
import com.microsoft.azure.functions.HttpStatusType;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Converts the Functions worker's requests and responses to and from canonical ones. */
final class HttpMessages {

    private HttpMessages() {}

    /** Reads path and query from the URI, because the parameter map drops empty values and joins repeated ones. */
    static HttpRequest request(HttpRequestMessage<Optional<String>> message) {
        var headers = Headers.NONE;
        for (Map.Entry<String, String> header : message.getHeaders().entrySet()) {
            if (header.getValue() != null) {
                headers = headers.with(header.getKey(), Headers.transmitted(header.getValue()));
            }
        }
        Optional<String> body = message.getBody();
        return new HttpRequest(
                        message.getHttpMethod().name(),
                        message.getUri().getRawPath(),
                        message.getUri().getRawQuery(),
                        headers,
                        body == null ? new byte[0] : body.orElse("").getBytes(StandardCharsets.UTF_8))
                .fromLastForwarded();
    }

    /**
     * The error of a request whose body did not arrive intact. The host passes the body as text, and passes no body for
     * a request without a {@code Content-Length}.
     */
    static Optional<RuntimeException> bodyError(HttpRequest request) {
        Headers headers = request.headers();
        boolean isEmpty = request.body().length == 0;
        if (isEmpty && headers.first("Transfer-Encoding").isPresent()) {
            return Optional.of(Rejection.of(411, "this platform does not support a body without Content-Length"));
        }
        if (!isEmpty && isEncoded(headers)) {
            return Optional.of(Rejection.of(415, "this platform does not support a body with a Content-Encoding")
                    .with("Accept-Encoding", "identity"));
        }
        boolean isIntact = headers.first("Content-Length")
                .filter(length -> length.matches("\\d{1,18}"))
                .map(length -> Long.parseLong(length) == request.body().length)
                .orElse(true);
        // Decoding to text replaces invalid bytes, which changes the length.
        return isIntact ? Optional.empty() : Optional.of(Refusal.invalid("the body is not valid UTF-8"));
    }

    private static boolean isEncoded(Headers headers) {
        String encoding = headers.joined("Content-Encoding").orElse("").strip();
        return !encoding.isEmpty() && !encoding.equalsIgnoreCase("identity");
    }

    /**
     * Sets the body as a byte array, or leaves it unset if it is empty. The worker converts any other type of body.
     *
     * @throws IllegalStateException for several cookies, because the platform would send only the last one
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
                        "Azure Functions supports one cookie per response, not " + values.size());
            }
            joined.put(name, String.join(", ", values));
        });
        return joined;
    }
}
