package dev.odometer.lambda.batch;

import dev.odometer.binding.Deadline;
import dev.odometer.door.ReportMode;
import dev.odometer.lambda.EventKind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A batch of nothing, whichever source it is from, or S3's word that it will notify us: all of it is done. */
record Nothing(BatchHandler handler) implements EventKind {

    @Override
    public boolean matches(JsonNode event) {
        JsonNode records = event.isArray() ? event : event.path("Records");
        return Files.isTest(event) || (records.isArray() && records.isEmpty());
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        return handler.handle(List.of(), ReportMode.FAILED_ITEMS, deadline);
    }
}
