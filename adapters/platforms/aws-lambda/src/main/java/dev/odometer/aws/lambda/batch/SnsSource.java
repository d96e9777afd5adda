package dev.odometer.aws.lambda.batch;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** SNS, directly. A message is a CloudEvent in structured mode, or an envelope of another service. */
record SnsSource(EnvelopeUnwrapper contents) implements Source {

    @Override
    public boolean owns(JsonNode record) {
        return Members.is(record, "EventSource", "aws:sns");
    }

    @Override
    public Report report() {
        return Report.NONE;
    }

    @Override
    public Delivery read(JsonNode record) {
        JsonNode message = record.path("Sns");
        JsonNode name = Members.name(message, "MessageId");
        String topic = message.path("TopicArn").asString("unknown");
        var messageHeader = new MessageHeader(name.stringValue(), null, List.of(topic));
        try {
            return new Delivery(name, null, contents.of(messageHeader, Members.text(message, "Message")));
        } catch (Refusal why) {
            return new Delivery(name, null, List.of(contents.broken(messageHeader, "", why)));
        }
    }
}
