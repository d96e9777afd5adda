package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.json.Json;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.Rfc3339;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Converts EventBridge's events to CloudEvents. A detail with {@code specversion} is already a CloudEvent. Otherwise
 * id, source and time are those of the envelope, the type is the detail type, the data is the detail, and the subject
 * is the detail's member {@code subject}. An event without a subject gets none, so that the door refuses it.
 */
record EventBridgeEvents(EnvelopeUnwrapper contents, Json json) {

    private static final String STORE = "aws.s3";

    static boolean isEvent(JsonNode tree) {
        return tree.path("detail-type").isString()
                && tree.path("source").isString()
                && tree.path("id").isString()
                && tree.path("time").isString()
                && tree.path("detail").isObject()
                && !tree.has("specversion");
    }

    List<DeliveredItem> parts(MessageHeader messageHeader, JsonNode event) {
        JsonNode detail = event.path("detail");
        if (RecordMembers.is(event, "source", STORE)) {
            return RecordMembers.is(event, "detail-type", "Object Created")
                    ? List.of(file(messageHeader, event))
                    : List.of();
        }
        MessageHeader forwarded = messageHeader.through(RecordMembers.text(event, "source"));
        return List.of(contents.event(forwarded, json.write(detail.has("specversion") ? detail : cloudEvent(event))));
    }

    private static ObjectNode cloudEvent(JsonNode event) {
        JsonNode detail = event.path("detail");
        ObjectNode cloudEvent = JsonNodeFactory.instance.objectNode();
        cloudEvent.put("specversion", "1.0");
        cloudEvent.set("id", event.path("id"));
        cloudEvent.set("source", event.path("source"));
        cloudEvent.set("type", event.path("detail-type"));
        cloudEvent.set("time", event.path("time"));
        if (detail.has("subject")) {
            cloudEvent.set("subject", detail.path("subject"));
        }
        cloudEvent.set("data", detail);
        return cloudEvent;
    }

    /** Keys are not URL-encoded here, unlike in S3's own notifications. */
    private DeliveredItem file(MessageHeader messageHeader, JsonNode event) {
        JsonNode object = event.path("detail").path("object");
        try {
            String version = RecordMembers.textOrNull(object, "version-id");
            return contents.file(
                    messageHeader,
                    new FileArrival(
                            RecordMembers.text(event.path("detail").path("bucket"), "name"),
                            RecordMembers.text(object, "key"),
                            version == null ? RecordMembers.textOrNull(object, "etag") : version,
                            size(object),
                            Rfc3339.parse(RecordMembers.text(event, "time"))));
        } catch (Refusal refusal) {
            return contents.brokenFile(messageHeader, event.toString(), refusal);
        }
    }

    static @Nullable Long size(JsonNode object) {
        JsonNode size = object.path("size");
        return size.isIntegralNumber() && size.canConvertToLong() ? size.longValue() : null;
    }
}
