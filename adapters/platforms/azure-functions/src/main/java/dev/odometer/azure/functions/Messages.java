package dev.odometer.azure.functions;

import dev.odometer.door.batch.DeliveredItem;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.DeliverySource;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.RecordHeaders;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts the host's messages to items. */
final class Messages {

    private static final JsonMapper JSON = new JsonMapper();

    private Messages() {}

    /**
     * The items of texts that are CloudEvents in structured mode.
     *
     * @param ordered whether the source keeps the order of the batch; then all items form one group
     */
    static List<Item> texts(List<@Nullable String> texts, boolean ordered) {
        return texts.stream()
                .map(Messages::item)
                .map(item -> ordered ? item.withGroup("batch") : item)
                .toList();
    }

    /** For a message without a body, the worker passes null. It is a poison message, so it must not be dropped. */
    private static Item item(@Nullable String text) {
        return Item.unnamed(null, Map.of(), text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8));
    }

    /** The items of Kafka records; tombstones are skipped. */
    static List<Delivery<Item>> records(List<@Nullable String> texts, DeliverySource source) {
        return texts.stream()
                .map(text -> record(text, source))
                .flatMap(Optional::stream)
                .toList();
    }

    /**
     * The item of a Kafka record, which the host passes as JSON ({@code Topic}, {@code Partition}, {@code Offset},
     * {@code Value}, {@code Headers} with Base64 values); empty for a tombstone.
     */
    private static Optional<Delivery<Item>> record(@Nullable String text, DeliverySource source) {
        JsonNode record = read(text);
        JsonNode value = record.path("Value");
        if (!value.isString() && !value.isNull()) {
            return Optional.of(Delivery.of(source, item(text)));
        }
        String partition = record.path("Topic").asString("unknown") + "-"
                + record.path("Partition").asString("unknown");
        String id = partition + "@" + record.path("Offset").asString("unknown");
        byte[] data = value.isNull() ? null : value.asString().getBytes(StandardCharsets.UTF_8);
        try {
            return headers(record).item(id, partition, data).map(item -> Delivery.of(source, item));
        } catch (Refusal malformed) {
            Item item = Item.json(id, partition, String.valueOf(text).getBytes(StandardCharsets.UTF_8));
            return Optional.of(
                    new Delivery<>(item, partition, List.of(DeliveredItem.poison(source, item, malformed.detail()))));
        }
    }

    private static RecordHeaders headers(JsonNode record) {
        var headers = new RecordHeaders();
        for (JsonNode header : record.path("Headers")) {
            headers.with(
                    header.path("Key").asString(""),
                    decoded(header.path("Value").asString("")));
        }
        return headers;
    }

    private static JsonNode read(@Nullable String text) {
        try {
            return text == null ? JSON.createObjectNode() : JSON.readTree(text);
        } catch (JacksonException unreadable) {
            return JSON.createObjectNode();
        }
    }

    private static byte @Nullable [] decoded(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException unreadable) {
            return null;
        }
    }
}
