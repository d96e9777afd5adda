package dev.odometer.azure.functions;

import dev.odometer.door.Item;
import dev.odometer.door.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the host hands over, as items. */
final class Messages {

    private static final JsonMapper JSON = new JsonMapper();

    private Messages() {}

    /** Texts, each a CloudEvent in structured mode; a group is one where the host keeps their order. */
    static List<Item> texts(List<@Nullable String> texts, boolean ordered) {
        return texts.stream()
                .map(Messages::item)
                .map(item -> ordered ? item.in("batch") : item)
                .toList();
    }

    /** The worker has no word for a message without a body, which is unreadable and not nothing. */
    private static Item item(@Nullable String text) {
        return Item.unnamed(null, Map.of(), text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8));
    }

    /** Records of Kafka; tombstones are nothing to do. */
    static List<Item> records(List<@Nullable String> texts) {
        return texts.stream().map(Messages::record).flatMap(Optional::stream).toList();
    }

    /**
     * A record of Kafka in the host's JSON ({@code Topic}, {@code Partition}, {@code Offset}, {@code Value}, {@code
     * Headers} with Base64 values); nothing for a tombstone.
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
