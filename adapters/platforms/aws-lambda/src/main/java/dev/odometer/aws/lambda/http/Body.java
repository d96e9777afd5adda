package dev.odometer.aws.lambda.http;

import dev.odometer.door.Headers;
import dev.odometer.door.HttpReply;
import dev.odometer.door.request.MediaType;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies in JSON: text as it is, other bytes in base64. */
final class Body {

    private static final byte[] NOTHING = {};
    private static final Set<String> TEXTS = Set.of(
            "application/json",
            "application/xml",
            "application/javascript",
            "application/ecmascript",
            "application/x-www-form-urlencoded");

    private Body() {}

    /** @throws Refusal when it is not what the event says that it is */
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
            throw Refusal.invalid("the body is not base64");
        }
    }

    static void write(HttpReply reply, ObjectNode answer) {
        Optional<String> text = isText(reply.headers()) ? utf8(reply.body()) : Optional.empty();
        boolean isBinary = text.isEmpty() && reply.body().length > 0;
        answer.put("isBase64Encoded", isBinary);
        if (isBinary) {
            answer.put("body", reply.body());
        } else {
            answer.put("body", text.orElse(""));
        }
    }

    /** In UTF-8 only: whoever reads the answer writes text in no other charset. */
    private static boolean isText(Headers headers) {
        return headers.first("Content-Encoding").isEmpty()
                && headers.first("Content-Type")
                        .flatMap(MediaType::parse)
                        .filter(MediaType::isUtf8)
                        .filter(type -> isText(type.bare()))
                        .isPresent();
    }

    private static boolean isText(String type) {
        return type.startsWith("text/") || type.endsWith("+json") || type.endsWith("+xml") || TEXTS.contains(type);
    }

    /** What is no UTF-8 does not survive the way there and back. */
    private static Optional<String> utf8(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8);
        return Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body) ? Optional.of(text) : Optional.empty();
    }
}
