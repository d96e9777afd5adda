package dev.odometer.aws.lambda.batch;

import dev.odometer.functions.refusal.Refusal;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads members of a platform's records, which may be missing or of another type. */
final class RecordMembers {

    private RecordMembers() {}

    /** @throws Refusal when it is not a string */
    static String text(JsonNode node, String name) {
        String text = textOrNull(node, name);
        if (text == null) {
            throw Refusal.invalid(name + " is missing or not a string");
        }
        return text;
    }

    static @Nullable String textOrNull(JsonNode node, String name) {
        JsonNode member = node.path(name);
        return member.isString() ? member.stringValue() : null;
    }

    static boolean is(JsonNode node, String name, String text) {
        return text.equals(textOrNull(node, name));
    }

    /** @throws Refusal when it is not Base64 */
    static byte[] bytes(JsonNode node, String name) {
        try {
            return Base64.getDecoder().decode(text(node, name));
        } catch (IllegalArgumentException noBase64) {
            throw Refusal.invalid(name + " is not Base64");
        }
    }

    /**
     * The name of a message in the report to its source.
     *
     * @throws IllegalArgumentException when it has no name; then only the failure of the invocation makes the source
     *     redeliver
     */
    static JsonNode name(JsonNode node, String member) {
        JsonNode name = node.path(member);
        if (!name.isString() || name.stringValue().isEmpty()) {
            throw new IllegalArgumentException(
                    "A message of the batch has no " + member + ", so it cannot be reported");
        }
        return name;
    }
}
