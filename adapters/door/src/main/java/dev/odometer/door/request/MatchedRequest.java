package dev.odometer.door.request;

import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request with the values that its route matched.
 *
 * @param fields the values of the path fields
 * @param attributes the values of the {@code ce-} headers, as sent, by names without the prefix
 * @param body decompressed; its size is within the limit
 */
@SuppressWarnings("ArrayRecordComponent") // only used while the request is served
public record MatchedRequest(
        Map<String, String> fields,
        Query query,
        Function<String, Optional<String>> header,
        Map<String, List<String>> attributes,
        byte[] body) {

    /**
     * The media type of the body.
     *
     * @param accepted the types that a rejection names
     * @throws Rejection 415 when it is absent or malformed, or its charset is not UTF-8. There is no
     *     default, because a browser can send a body without a type to another origin without a preflight request.
     */
    MediaType contentType(List<String> accepted) {
        String text = header.apply("Content-Type").orElse("none");
        MediaType type = MediaType.parse(text).orElseThrow(() -> unsupported(text, accepted));
        if (!type.isUtf8()) {
            throw unsupported(text, accepted);
        }
        return type;
    }

    void checkContentType(List<String> accepted) {
        MediaType type = contentType(accepted);
        if (!accepted.contains(type.essence())) {
            throw unsupported(type.essence(), accepted);
        }
    }

    /** 415 with the accepted types, also in the Accept header; see RFC 9110, 15.5.16. */
    static Rejection unsupported(String type, List<String> accepted) {
        return Rejection.of(
                        415,
                        "invalid content type: " + Refusal.quote(type) + "; accepted in UTF-8: "
                                + String.join(", ", accepted))
                .with("Accept", String.join(", ", accepted));
    }
}
