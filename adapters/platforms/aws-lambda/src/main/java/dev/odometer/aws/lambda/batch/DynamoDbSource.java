package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.door.json.Json;
import dev.odometer.functions.refusal.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * DynamoDB Streams of an outbox table. Its items are CloudEvents in structured mode with {@code data} as a map; other
 * attributes, such as keys, are ignored. An inserted or modified item is an event; removals, including expirations, are
 * ignored. Order and report mode are those of Kinesis.
 */
record DynamoDbSource(EnvelopeUnwrapper contents, Json json) implements Source {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @Override
    public boolean owns(JsonNode record) {
        return RecordMembers.is(record, "eventSource", "aws:dynamodb");
    }

    @Override
    public ReportMode report() {
        return ReportMode.FIRST_FAILURE;
    }

    @Override
    public Delivery<JsonNode> read(JsonNode record) {
        JsonNode change = record.path("dynamodb");
        JsonNode name = RecordMembers.name(change, "SequenceNumber");
        var messageHeader =
                new MessageHeader(KinesisSource.id(record, name), KinesisSource.SHARD, SqsSource.origin(record));
        return new Delivery<>(name, KinesisSource.SHARD, parts(messageHeader, record));
    }

    private List<DeliveredItem> parts(MessageHeader messageHeader, JsonNode record) {
        if (RecordMembers.is(record, "eventName", "REMOVE")) {
            return List.of();
        }
        JsonNode image = record.path("dynamodb").path("NewImage");
        try {
            if (!image.isObject()) {
                throw Refusal.invalid("NewImage is missing: the stream must include new images");
            }
            return List.of(contents.event(messageHeader, json.write(map(image))));
        } catch (Refusal refusal) {
            return List.of(contents.broken(messageHeader, image.toString(), refusal));
        }
    }

    private static ObjectNode map(JsonNode attributes) {
        ObjectNode map = NODES.objectNode();
        attributes.properties().forEach(entry -> map.set(entry.getKey(), value(entry.getValue())));
        return map;
    }

    private static JsonNode value(JsonNode attribute) {
        if (attribute.size() != 1) {
            throw Refusal.invalid("NewImage has an attribute that is not a typed value");
        }
        Map.Entry<String, JsonNode> typed = attribute.properties().iterator().next();
        JsonNode value = typed.getValue();
        return switch (typed.getKey()) {
            case "N" -> number(value.asString(""));
            case "M" -> map(value);
            case "L" -> list(value, false);
            case "NS" -> list(value, true);
            case "NULL" -> NODES.nullNode();
            case "S", "B", "BOOL", "SS", "BS" -> value;
            default ->
                throw Refusal.invalid("NewImage has an attribute of an unknown type: " + Refusal.quote(typed.getKey()));
        };
    }

    private static ArrayNode list(JsonNode values, boolean numbers) {
        ArrayNode list = NODES.arrayNode();
        values.values().forEach(value -> list.add(numbers ? number(value.asString("")) : value(value)));
        return list;
    }

    private static JsonNode number(String digits) {
        try {
            return NODES.numberNode(new BigDecimal(digits));
        } catch (NumberFormatException malformed) {
            throw Refusal.invalid("NewImage has an invalid number: " + Refusal.quote(digits));
        }
    }
}
