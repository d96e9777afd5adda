package dev.odometer.azure.functions;

import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.RecordHeaders;
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
    static List<Item> records(List<@Nullable String> texts) {
        return texts.stream().map(Messages::record).flatMap(Optional::stream).toList();
    }

    /**
     * The item of a Kafka record, which the host passes as JSON ({@code Topic}, {@code Partition}, {@code Offset},
     * {@code Value}, {@code Headers} with Base64 values); empty for a tombstone.
     */
    private static Optional<Item> record(@Nullable String text) {
        JsonNode record = read(text);
        JsonNode value = record.path("Value");
        if (value.isNull()) {
            return Optional.empty();
        }
        if (!value.isString()) {
            return Optional.of(item(text));
        }
        var headers = new RecordHeaders();
        for (JsonNode header : record.path("Headers")) {
            headers.with(
                    header.path("Key").asString(""),
                    decoded(header.path("Value").asString("")));
        }
        String partition = record.path("Topic").asString("unknown") + "-"
                + record.path("Partition").asString("unknown");
        String id = partition + "@" + record.path("Offset").asString("unknown");
        return Optional.of(headers.item(id, partition, value.asString().getBytes(StandardCharsets.UTF_8)));
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
