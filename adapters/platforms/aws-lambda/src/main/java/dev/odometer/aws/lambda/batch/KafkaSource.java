package dev.odometer.aws.lambda.batch;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.RecordHeaders;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.refusal.Refusal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kafka, MSK or self-managed. A record is named by its topic partition, as spelled in the event, and its offset. A
 * partition is redelivered from the reported offset on. Values are CloudEvents in structured or binary mode; a record
 * with neither a value nor a {@code ce_id} is a tombstone, which is ignored. A dead letter's origin is the cluster and
 * the topic.
 */
record KafkaSource(EnvelopeUnwrapper contents, BatchHandler handler) implements EventKind {

    private static final Set<String> SOURCES = Set.of("aws:kafka", "SelfManagedKafka", "aws:SelfManagedKafka");

    @Override
    public boolean matches(JsonNode event) {
        String source = RecordMembers.textOrNull(event, "eventSource");
        return source != null
                && SOURCES.contains(source)
                && event.path("records").isObject();
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        var deliveries = new ArrayList<Delivery<JsonNode>>();
        String cluster = cluster(event);
        event.path("records")
                .properties()
                .forEach(partition -> partition
                        .getValue()
                        .values()
                        .forEach(record -> deliveries.add(read(cluster, partition.getKey(), record))));
        return handler.handle(deliveries, ReportMode.FIRST_FAILURE, deadline);
    }

    /** The ARN of an MSK cluster, or the servers of a self-managed one in ascending order. */
    private static String cluster(JsonNode event) {
        String servers = event.path("bootstrapServers").asString("unknown");
        return event.path("eventSourceArn")
                .asString(Arrays.stream(servers.split(","))
                        .map(String::strip)
                        .sorted()
                        .collect(Collectors.joining(",")));
    }

    private Delivery<JsonNode> read(String cluster, String partition, JsonNode record) {
        JsonNode offset = record.path("offset");
        if (!offset.isIntegralNumber()) {
            throw new IllegalArgumentException("A record of " + partition + " has no offset, so it cannot be reported");
        }
        ObjectNode name = JsonNodeFactory.instance.objectNode();
        name.put("partition", partition).set("offset", offset);
        String topic = partition.substring(0, Math.max(0, partition.lastIndexOf('-')));
        var messageHeader = new MessageHeader(
                partition + "@" + offset.asString(), partition, cluster + "/" + topic, List.of(topic, cluster));
        return new Delivery<>(name, partition, parts(messageHeader, record));
    }

    private List<DeliveredItem> parts(MessageHeader messageHeader, JsonNode record) {
        byte[] value;
        try {
            value = value(record);
        } catch (Refusal refusal) {
            return List.of(contents.broken(messageHeader, record.path("value").asString(""), refusal));
        }
        String group = String.valueOf(messageHeader.group());
        try {
            return headers(record).item(messageHeader.id(), group, value).stream()
                    .map(item -> contents.event(messageHeader, item))
                    .toList();
        } catch (Refusal refusal) {
            Item item = Item.json(messageHeader.id(), group, value == null ? new byte[0] : value);
            return List.of(contents.broken(messageHeader, item, refusal));
        }
    }

    private static byte @Nullable [] value(JsonNode record) {
        JsonNode value = record.path("value");
        return value.isMissingNode() || value.isNull() ? null : RecordMembers.bytes(record, "value");
    }

    private static RecordHeaders headers(JsonNode record) {
        var headers = new RecordHeaders();
        for (JsonNode header : record.path("headers").values()) {
            header.properties().forEach(entry -> headers.with(entry.getKey(), bytes(entry.getValue())));
        }
        return headers;
    }

    /** The bytes of a header, from signed numbers; absent for a header without a value. */
    private static byte @Nullable [] bytes(JsonNode numbers) {
        if (numbers.isNull()) {
            return null;
        }
        byte[] bytes = new byte[numbers.size()];
        for (int i = 0; i < bytes.length; i++) {
            JsonNode number = numbers.path(i);
            if (!number.canConvertToInt() || (byte) number.intValue() != number.intValue()) {
                throw Refusal.invalid("a header is not a list of bytes");
            }
            bytes[i] = (byte) number.intValue();
        }
        return bytes;
    }
}
