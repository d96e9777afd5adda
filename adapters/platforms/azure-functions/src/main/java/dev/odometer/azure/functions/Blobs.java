package dev.odometer.azure.functions;

import dev.odometer.door.Item;
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
 * Blobs as files that have arrived. An ETag is a blob's version. What names no blob passes as it came, so that it is parked
 * whole.
 */
final class Blobs {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String CREATED = "Microsoft.Storage.BlobCreated";

    private Blobs() {}

    /**
     * What the Blob trigger says.
     *
     * @param path container and name, as in {@code usage/2026/november.csv}
     * @param properties the host's JSON of the blob's properties
     */
    static List<Item> triggered(String path, @Nullable String properties, int length) {
        JsonNode read = properties == null ? JSON.missingNode() : read(properties);
        var says = new TreeMap<String, Object>();
        says.put("size", length);
        return List.of(file(path, read.path("ETag").asString(""), says, path));
    }

    /** What Event Grid says: an event, or several; those of other kinds are nothing to do. */
    static List<Item> created(@Nullable String text) {
        String said = text == null ? "" : text;
        JsonNode events = read(said);
        if (!events.isContainer()) {
            return List.of(unreadable(said));
        }
        return (events.isArray() ? events.valueStream() : Stream.of(events))
                .filter(Blobs::isCreated)
                .map(Blobs::item)
                .toList();
    }

    /** What does not say its kind passes, so that it is parked. */
    private static boolean isCreated(JsonNode event) {
        String type = event.path("type").asString(event.path("eventType").asString(CREATED));
        return type.equals(CREATED);
    }

    private static Item item(JsonNode event) {
        JsonNode data = event.path("data");
        var says = new TreeMap<String, Object>();
        long length = data.path("contentLength").asLong(-1);
        if (length >= 0) {
            says.put("size", length);
        }
        String time = event.path("time").asString(event.path("eventTime").asString(""));
        if (!time.isEmpty()) {
            says.put("arrivedAt", time);
        }
        return file(path(data.path("url").asString("")), data.path("eTag").asString(""), says, event.toString());
    }

    /** Container and name, decoded; empty when it is no URL. */
    private static String path(String url) {
        try {
            String path = URI.create(url).getPath();
            return path == null || path.isEmpty() ? "" : path.substring(1);
        } catch (IllegalArgumentException noUrl) {
            return "";
        }
    }

    private static Item file(String path, String etag, Map<String, Object> says, String whole) {
        int slash = path.indexOf('/');
        if (slash < 1 || slash == path.length() - 1) {
            return unreadable(whole);
        }
        // The Blob trigger has it in quotation marks, Event Grid without: it is one file.
        String version = etag.replace("\"", "");
        var file = new TreeMap<>(says);
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
