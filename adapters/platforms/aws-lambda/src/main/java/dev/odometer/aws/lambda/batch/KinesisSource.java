package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * Kinesis. The records of an invocation are from one shard, in order, and are redelivered from the first reported one
 * on. Data is a CloudEvent in structured mode; records aggregated by the Kinesis Producer Library are not deaggregated.
 * In events from EventBridge Pipes, the members of {@code kinesis} are at the level of the record.
 */
record KinesisSource(EnvelopeUnwrapper contents) implements Source {

    static final String SHARD = "shard";

    @Override
    public boolean owns(JsonNode record) {
        return RecordMembers.is(record, "eventSource", "aws:kinesis");
    }

    @Override
    public ReportMode report() {
        return ReportMode.FIRST_FAILURE;
    }

    @Override
    public Delivery<JsonNode> read(JsonNode record) {
        JsonNode kinesis = record.has("kinesis") ? record.path("kinesis") : record;
        JsonNode name = RecordMembers.name(kinesis, "sequenceNumber");
        var messageHeader = new MessageHeader(id(record, name), SHARD, SqsSource.origin(record));
        return new Delivery<>(name, SHARD, List.of(part(messageHeader, kinesis)));
    }

    /** The id of the record's event, since a sequence number is unique only within its shard. */
    static String id(JsonNode record, JsonNode sequenceNumber) {
        return record.path("eventID").asString(sequenceNumber.stringValue());
    }

    private DeliveredItem part(MessageHeader messageHeader, JsonNode kinesis) {
        try {
            return contents.event(messageHeader, RecordMembers.bytes(kinesis, "data"));
        } catch (Refusal refusal) {
            return contents.broken(messageHeader, kinesis.path("data").asString(""), refusal);
        }
    }
}
