package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.request.MediaType;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies in events and responses: text unchanged, other bytes in Base64. */
final class Body {

    private static final byte[] NOTHING = {};
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/xml",
            "application/javascript",
            "application/ecmascript",
            "application/x-www-form-urlencoded");

    private Body() {}

    /** @throws Refusal when it is not a string, or not valid Base64 although the event declares it */
    static byte[] read(JsonNode event) {
        Optional<String> body = RequestMembers.text(event, "body");
        if (body.isEmpty()) {
            return NOTHING;
        }
        if (!RequestMembers.flag(event, "isBase64Encoded")) {
            return body.get().getBytes(StandardCharsets.UTF_8);
        }
        try {
            return Base64.getDecoder().decode(body.get());
        } catch (IllegalArgumentException malformed) {
            throw Refusal.invalid("the body is not Base64");
        }
    }

    static void write(HttpReply reply, ObjectNode response) {
        Optional<String> text = isText(reply.headers()) ? utf8(reply.body()) : Optional.empty();
        boolean isBinary = text.isEmpty() && reply.body().length > 0;
        response.put("isBase64Encoded", isBinary);
        if (isBinary) {
            response.put("body", reply.body());
        } else {
            response.put("body", text.orElse(""));
        }
    }

    /** Only UTF-8, because the gateways send text in no other charset. */
    private static boolean isText(Headers headers) {
        return headers.first("Content-Encoding").isEmpty()
                && headers.first("Content-Type")
                        .flatMap(MediaType::parse)
                        .filter(MediaType::isUtf8)
                        .filter(type -> isText(type.essence()))
                        .isPresent();
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("+json") || type.endsWith("+xml") || TEXTS.contains(type);
    }

    /** The body as text; empty if it is not valid UTF-8, which decoding and encoding would change. */
    private static Optional<String> utf8(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body) ? Optional.of(text) : Optional.empty();
    }
}
