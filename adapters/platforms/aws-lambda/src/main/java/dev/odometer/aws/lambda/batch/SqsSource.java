package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.functions.refusal.Refusal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * SQS, standard and FIFO. A FIFO queue is ordered within each message group, so a message to redeliver blocks the later
 * messages of its group. A body is a CloudEvent in structured mode, or an envelope of another service.
 */
record SqsSource(EnvelopeUnwrapper contents) implements Source {

    @Override
    public boolean owns(JsonNode record) {
        return RecordMembers.is(record, "eventSource", "aws:sqs");
    }

    @Override
    public ReportMode report() {
        return ReportMode.FAILED_ITEMS;
    }

    @Override
    public Delivery<JsonNode> read(JsonNode record) {
        JsonNode name = RecordMembers.name(record, "messageId");
        String group = group(record);
        var messageHeader = new MessageHeader(name.stringValue(), group, origin(record));
        try {
            return new Delivery<>(name, group, contents.of(messageHeader, RecordMembers.text(record, "body")));
        } catch (Refusal refusal) {
            return new Delivery<>(name, group, List.of(contents.broken(messageHeader, "", refusal)));
        }
    }

    /** Standard queues may have message groups too, for fair queues; those do not imply an order. */
    private static @Nullable String group(JsonNode record) {
        boolean fifo = origin(record).endsWith(".fifo");
        return fifo ? record.path("attributes").path("MessageGroupId").asString("") : null;
    }

    static String origin(JsonNode record) {
        return record.path("eventSourceARN").asString("unknown");
    }
}
