package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.ReportMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** S3 notifications that invoke the function directly. */
record S3Source(EnvelopeUnwrapper contents) implements Source {

    @Override
    public boolean owns(JsonNode record) {
        return RecordMembers.is(record, "eventSource", S3Notifications.SOURCE);
    }

    @Override
    public ReportMode report() {
        return ReportMode.ALL_OR_NOTHING;
    }

    @Override
    public Delivery<JsonNode> read(JsonNode record) {
        String name = S3Notifications.name(record);
        String bucket = record.path("s3").path("bucket").path("arn").asString("unknown");
        var messageHeader = new MessageHeader(name, null, bucket);
        var parts = contents.files().record(messageHeader, record);
        return new Delivery<>(JsonNodeFactory.instance.stringNode(name), null, parts);
    }
}
