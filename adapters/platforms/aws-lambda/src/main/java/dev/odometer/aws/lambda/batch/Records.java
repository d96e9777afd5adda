package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.batch.Delivery;
import dev.odometer.functions.binding.Deadline;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events that are lists of records: in the member {@code Records}, or a plain array from EventBridge Pipes. */
record Records(Source source, BatchHandler handler) implements EventKind {

    @Override
    public boolean matches(JsonNode event) {
        Collection<JsonNode> records = records(event);
        return !records.isEmpty() && records.stream().allMatch(source::owns);
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        List<Delivery<JsonNode>> deliveries =
                records(event).stream().map(source::read).toList();
        return handler.handle(deliveries, source.report(), deadline);
    }

    private static Collection<JsonNode> records(JsonNode event) {
        JsonNode records = event.isArray() ? event : event.path("Records");
        return records.isArray() ? records.values() : List.of();
    }
}
