package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** An empty batch of any source, or S3's test event. Nothing to do. */
record EmptyBatch(BatchHandler handler) implements EventKind {

    @Override
    public boolean matches(JsonNode event) {
        JsonNode records = event.isArray() ? event : event.path("Records");
        return S3Notifications.isTest(event) || (records.isArray() && records.isEmpty());
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        return handler.handle(List.of(), ReportMode.FAILED_ITEMS, deadline);
    }
}
