package dev.odometer.azure.functions;

import dev.odometer.door.batch.Item;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Converts blobs to items for arrived files. The version of a file is the blob's ETag. An event that names no blob
 * becomes an item with its unchanged text, which is then stored as a dead letter.
 */
final class Blobs {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CREATED = "Microsoft.Storage.BlobCreated";

    private Blobs() {}

    /**
     * The item of a call of the Blob trigger.
     *
     * @param path container and name, such as {@code usage/2026/november.csv}
     * @param properties the blob's properties as JSON, written by the host
     * @param length of the content in bytes
     */
    static List<Item> triggered(String path, @Nullable String properties, int length) {
        JsonNode read = properties == null ? JSON.missingNode() : read(properties);
        var fields = new TreeMap<String, Object>();
        fields.put("size", length);
        return List.of(file(path, read.path("ETag").asString(""), fields, path));
    }

    /** The items of one event of Event Grid or an array of them; events of other types are skipped. */
    static List<Item> created(@Nullable String text) {
        String body = text == null ? "" : text;
        JsonNode events = read(body);
        if (!events.isContainer()) {
            return List.of(unreadable(body));
        }
        return (events.isArray() ? events.valueStream() : Stream.of(events))
                .filter(Blobs::isCreated)
                .map(Blobs::item)
                .toList();
    }

    /** True for an event without a type, so that it is stored as a dead letter and not skipped. */
    private static boolean isCreated(JsonNode event) {
        String type = event.path("type").asString(event.path("eventType").asString(CREATED));
        return type.equals(CREATED);
    }

    private static Item item(JsonNode event) {
        JsonNode data = event.path("data");
        var fields = new TreeMap<String, Object>();
        long length = data.path("contentLength").asLong(-1);
        if (length >= 0) {
            fields.put("size", length);
        }
        String time = event.path("time").asString(event.path("eventTime").asString(""));
        if (!time.isEmpty()) {
            fields.put("arrivedAt", time);
        }
        return file(path(data.path("url").asString("")), data.path("eTag").asString(""), fields, event.toString());
    }

    /** Container and name, decoded; empty for an invalid URL. */
    private static String path(String url) {
        try {
            String path = URI.create(url).getPath();
            return path == null || path.isEmpty() ? "" : path.substring(1);
        } catch (IllegalArgumentException invalid) {
            return "";
        }
    }

    private static Item file(String path, String etag, Map<String, Object> fields, String original) {
        int slash = path.indexOf('/');
        if (slash < 1 || slash == path.length() - 1) {
            return unreadable(original);
        }
        // The Blob trigger quotes the ETag and Event Grid does not; both must give the same version.
        String version = etag.replace("\"", "");
        var file = new TreeMap<>(fields);
        file.put("container", path.substring(0, slash));
        file.put("key", path.substring(slash + 1));
        if (!version.isEmpty()) {
            file.put("version", version);
        }
        return Item.json(path + "#" + version, null, JSON.writeValueAsBytes(file));
    }

    private static Item unreadable(String text) {
        return Item.unnamed(null, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException unreadable) {
            return JSON.missingNode();
        }
    }
}
