package dev.odometer.lambda.batch;

import dev.odometer.binding.Deadline;
import dev.odometer.door.Delivery;
import dev.odometer.door.ReportMode;
import dev.odometer.lambda.EventKind;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** EventBridge, directly; but for ticks, which are a kind of their own. */
record BusEvents(Contents contents, BatchHandler handler) implements EventKind {

    @Override
    public boolean matches(JsonNode event) {
        return Bus.isEvent(event) && !Ticks.isScheduled(event);
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        JsonNode name = RecordMembers.name(event, "id");
        var letter = new Letter(name.stringValue(), null, List.of(RecordMembers.text(event, "source")));
        var delivery = new Delivery<>(name, null, contents.bus().parts(letter, event));
        return handler.handle(List.of(delivery), ReportMode.ALL_OR_NOTHING, deadline);
    }
}
