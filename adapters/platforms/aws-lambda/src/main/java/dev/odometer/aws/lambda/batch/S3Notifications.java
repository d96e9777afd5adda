package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.text.Rfc3339;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Converts S3's notifications to arrivals of files. Only creations count; deletions, restores and tests are ignored.
 */
record S3Notifications(EnvelopeUnwrapper contents) {

    static final String SOURCE = "aws:s3";
    private static final String CREATED = "ObjectCreated:";

    static boolean isNotification(JsonNode tree) {
        JsonNode records = tree.path("Records");
        return records.isArray()
                && !records.isEmpty()
                && records.values().stream()
                        .allMatch(r -> RecordMembers.is(r, "eventSource", SOURCE)
                                && r.path("s3").isObject());
    }

    /** The test event that S3 sends when notifications are configured. */
    static boolean isTest(JsonNode tree) {
        return RecordMembers.is(tree, "Event", "s3:TestEvent") && RecordMembers.is(tree, "Service", "Amazon S3");
    }

    /** The items of a notification or test event inside another message. */
    List<DeliveredItem> parts(MessageHeader messageHeader, JsonNode notification) {
        var parts = new ArrayList<DeliveredItem>();
        JsonNode records = notification.path("Records");
        for (int i = 0; i < records.size(); i++) {
            parts.addAll(record(records.size() == 1 ? messageHeader : messageHeader.part(i), records.path(i)));
        }
        return parts;
    }

    List<DeliveredItem> record(MessageHeader messageHeader, JsonNode record) {
        String name = RecordMembers.textOrNull(record, "eventName");
        if (name != null && !name.startsWith(CREATED)) {
            return List.of();
        }
        try {
            return List.of(contents.file(messageHeader, arrival(record)));
        } catch (Refusal refusal) {
            return List.of(contents.brokenFile(messageHeader, record.toString(), refusal));
        }
    }

    private static FileArrival arrival(JsonNode record) {
        RecordMembers.text(record, "eventName");
        JsonNode object = record.path("s3").path("object");
        String time = RecordMembers.textOrNull(record, "eventTime");
        return new FileArrival(
                RecordMembers.text(record.path("s3").path("bucket"), "name"),
                key(object),
                version(object),
                EventBridgeEvents.size(object),
                time == null ? null : Rfc3339.parse(time));
    }

    private static String key(JsonNode object) {
        try {
            return URLDecoder.decode(RecordMembers.text(object, "key"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException badEscape) {
            throw Refusal.invalid("key is not URL-encoded");
        }
    }

    private static @Nullable String version(JsonNode object) {
        String version = RecordMembers.textOrNull(object, "versionId");
        return version == null ? RecordMembers.textOrNull(object, "eTag") : version;
    }

    /** The name of a record that is not inside a message; the same for each delivery. */
    static String name(JsonNode record) {
        JsonNode s3 = record.path("s3");
        return s3.path("bucket").path("name").asString("?")
                + "/" + s3.path("object").path("key").asString("?")
                + "@" + s3.path("object").path("sequencer").asString("");
    }
}
