package dev.odometer.azure;

import dev.odometer.door.Item;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Blobs as files that have arrived. An ETag is a blob's version. */
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
    static List<Item> triggered(String path, String properties, int length) {
        String version = read(properties).path("ETag").asString("");
        return List.of(file(path, version, length, ""));
    }

    /** What Event Grid says: an event, or several; those of other kinds are nothing to do. */
    static List<Item> created(String text) {
        JsonNode events = read(text);
        return (events.isArray() ? events.valueStream() : Stream.of(events))
                .filter(Blobs::isCreated)
                .map(Blobs::item)
                .toList();
    }

    /** What is unreadable passes as an item, so that it is parked. */
    private static boolean isCreated(JsonNode event) {
        String type = event.path("type").asString(event.path("eventType").asString(CREATED));
        return type.equals(CREATED);
    }

    private static Item item(JsonNode event) {
        JsonNode data = event.path("data");
        String url = data.path("url").asString("");
        try {
            String path = URI.create(url).getPath();
            String time = event.path("time").asString(event.path("eventTime").asString(""));
            return file(
                    path == null || path.isEmpty() ? "" : path.substring(1),
                    data.path("eTag").asString(""),
                    data.path("contentLength").asLong(-1),
                    time);
        } catch (IllegalArgumentException noUrl) {
            return Item.unnamed(null, Map.of(), event.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static Item file(String path, String version, long length, String arrivedAt) {
        int slash = path.indexOf('/');
        var file = new TreeMap<String, Object>();
        if (slash > 0 && slash < path.length() - 1) {
            file.put("container", path.substring(0, slash));
            file.put("key", path.substring(slash + 1));
        }
        if (!version.isEmpty()) {
            file.put("version", version);
        }
        if (length >= 0) {
            file.put("size", length);
        }
        if (!arrivedAt.isEmpty()) {
            file.put("arrivedAt", arrivedAt);
        }
        return Item.json(
                path + "#" + version, null, JSON.writeValueAsString(file).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException unreadable) {
            return JSON.createObjectNode();
        }
    }
}
