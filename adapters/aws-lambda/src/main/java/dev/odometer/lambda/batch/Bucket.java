package dev.odometer.lambda.batch;

import dev.odometer.door.Delivery;
import dev.odometer.door.ReportMode;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** S3, directly. */
record Bucket(Contents contents) implements Source {

    @Override
    public boolean owns(JsonNode record) {
        return RecordMembers.is(record, "eventSource", Files.SOURCE);
    }

    @Override
    public ReportMode report() {
        return ReportMode.ALL_OR_NOTHING;
    }

    @Override
    public Delivery<JsonNode> read(JsonNode record) {
        String name = Files.name(record);
        String bucket = record.path("s3").path("bucket").path("arn").asString("unknown");
        var letter = new Letter(name, null, List.of(bucket));
        var parts = contents.files().record(letter, record);
        return new Delivery<>(JsonNodeFactory.instance.stringNode(name), null, parts);
    }
}
