package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.functions.binding.Deadline;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Events of EventBridge that invoke the function directly, except ticks (see {@link Ticks}). */
record EventBridgeSource(EnvelopeUnwrapper contents, BatchHandler handler) implements EventKind {

    @Override
    public boolean matches(JsonNode event) {
        return EventBridgeEvents.isEvent(event) && !Ticks.isScheduled(event);
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        JsonNode name = RecordMembers.name(event, "id");
        var messageHeader = new MessageHeader(name.stringValue(), null, RecordMembers.text(event, "source"));
        var delivery = new Delivery<>(name, null, contents.bus().parts(messageHeader, event));
        return handler.handle(List.of(delivery), ReportMode.ALL_OR_NOTHING, deadline);
    }
}
