package dev.odometer.door.request;

import dev.odometer.door.problem.Rejection;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A request that has found its route.
 *
 * @param fields the values of the path's fields
 * @param attributes the headers that begin with {@code ce-}, as sent, by the rest of their names
 * @param body inflated, within bounds
 */
@SuppressWarnings("ArrayRecordComponent") // lives as long as the request
public record MatchedRequest(
        Map<String, String> fields,
        Query query,
        Function<String, Optional<String>> header,
        Map<String, String> attributes,
        byte[] body) {

    /**
     * What the body is said to be.
     *
     * @throws Rejection 415 when nothing readable is said. A browser can send a body of no type anywhere without asking,
     *     so nothing is assumed.
     */
    MediaType contentType() {
        String said = header.apply("Content-Type").orElse("none");
        MediaType type = MediaType.parse(said).orElseThrow(() -> unsupported(said));
        if (!type.isUtf8()) {
            throw unsupported(said);
        }
        return type;
    }

    void checkContentType(List<String> accepted) {
        MediaType type = contentType();
        if (!accepted.contains(type.bare())) {
            throw unsupported(type.bare());
        }
    }

    static Rejection unsupported(String type) {
        return Rejection.of(415, "invalid content type: " + Refusal.quote(type));
    }
}
