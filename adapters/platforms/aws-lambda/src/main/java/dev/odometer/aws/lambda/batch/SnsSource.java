package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** SNS, invoking the function directly. A message is a CloudEvent in structured mode, or another service's envelope. */
record SnsSource(EnvelopeUnwrapper contents) implements Source {

    @Override
    public boolean owns(JsonNode record) {
        return RecordMembers.is(record, "EventSource", "aws:sns");
    }

    @Override
    public ReportMode report() {
        return ReportMode.ALL_OR_NOTHING;
    }

    @Override
    public Delivery<JsonNode> read(JsonNode record) {
        JsonNode message = record.path("Sns");
        JsonNode name = RecordMembers.name(message, "MessageId");
        String topic = message.path("TopicArn").asString("unknown");
        var messageHeader = new MessageHeader(name.stringValue(), null, topic);
        try {
            return new Delivery<>(name, null, contents.of(messageHeader, RecordMembers.text(message, "Message")));
        } catch (Refusal refusal) {
            return new Delivery<>(name, null, List.of(contents.broken(messageHeader, "", refusal)));
        }
    }
}
