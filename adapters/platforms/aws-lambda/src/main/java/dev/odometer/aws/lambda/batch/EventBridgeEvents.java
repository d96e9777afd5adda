package dev.odometer.aws.lambda.batch;

import dev.odometer.door.DeliveredItem;
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
 * EventBridge's events as ours. Detail with {@code specversion} is a CloudEvent, put on the bus by somebody who has one.
 * Of any other the envelope becomes one: id, source and time are its own, the type is the detail type, the data is the
 * detail and the subject is the detail's member of that name. What has none is refused behind the door, not given one.
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
        MessageHeader told = messageHeader.through(RecordMembers.text(event, "source"));
        return List.of(contents.event(told, json.write(detail.has("specversion") ? detail : cloudEvent(event))));
    }

    private static ObjectNode cloudEvent(JsonNode event) {
        JsonNode detail = event.path("detail");
        ObjectNode made = JsonNodeFactory.instance.objectNode();
        made.put("specversion", "1.0");
        made.set("id", event.path("id"));
        made.set("source", event.path("source"));
        made.set("type", event.path("detail-type"));
        made.set("time", event.path("time"));
        if (detail.has("subject")) {
            made.set("subject", detail.path("subject"));
        }
        made.set("data", detail);
        return made;
    }

    /** Here keys are as they are; only S3's own notifications encode them. */
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
        } catch (Refusal why) {
            return contents.brokenFile(messageHeader, event.toString(), why);
        }
    }

    static @Nullable Long size(JsonNode object) {
        JsonNode size = object.path("size");
        return size.isIntegralNumber() && size.canConvertToLong() ? size.longValue() : null;
    }
}
