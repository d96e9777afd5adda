package dev.odometer.aws.lambda.batch;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** S3, directly. */
record S3Source(EnvelopeUnwrapper contents) implements Source {

    @Override
    public boolean owns(JsonNode record) {
        return Members.is(record, "eventSource", S3Notifications.SOURCE);
    }

    @Override
    public Report report() {
        return Report.NONE;
    }

    @Override
    public Delivery read(JsonNode record) {
        String name = S3Notifications.name(record);
        String bucket = record.path("s3").path("bucket").path("arn").asString("unknown");
        var messageHeader = new MessageHeader(name, null, List.of(bucket));
        var parts = contents.files().record(messageHeader, record);
        return new Delivery(JsonNodeFactory.instance.stringNode(name), null, parts);
    }
}
