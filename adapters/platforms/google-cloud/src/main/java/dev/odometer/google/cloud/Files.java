package dev.odometer.google.cloud;

import dev.odometer.door.batch.Item;
import dev.odometer.door.http.Envelope.Opened;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Converts events about Cloud Storage objects to items for arrived files. The version is the object's generation. */
final class Files {

    /** The type of an event about a new object, in Eventarc and in Pub/Sub notifications. */
    private static final Set<String> CREATED = Set.of("finalized", "OBJECT_FINALIZE");

    private static final JsonMapper JSON = new JsonMapper();

    private Files() {}

    /**
     * The item of a new object; no items when an object was deleted or archived, or only its metadata changed.
     *
     * @param object the object resource, in which numbers are strings
     * @throws Refusal INVALID when bucket or name is missing
     */
    static Opened changed(String eventType, String origin, JsonNode object) {
        if (!CREATED.contains(eventType)) {
            return new Opened(Payload.FILES, origin, List.of());
        }
        String bucket = object.path("bucket").asString("");
        String name = object.path("name").asString("");
        if (bucket.isEmpty() || name.isEmpty()) {
            throw Refusal.invalid("a storage event must have a bucket and an object name");
        }
        var file = new TreeMap<String, Object>(Map.of("container", bucket, "key", name));
        put(file, "version", object.path("generation"));
        put(file, "arrivedAt", object.path("updated"));
        String size = object.path("size").asString("");
        if (size.matches("[0-9]{1,18}")) {
            file.put("size", Long.valueOf(size));
        }
        String id = bucket + "/" + name + "#" + file.getOrDefault("version", "");
        byte[] body = JSON.writeValueAsString(file).getBytes(StandardCharsets.UTF_8);
        return new Opened(Payload.FILES, origin, List.of(Item.json(id, null, body)));
    }

    private static void put(Map<String, Object> file, String field, JsonNode value) {
        String text = value.asString("");
        if (!text.isEmpty()) {
            file.put(field, text);
        }
    }
}
