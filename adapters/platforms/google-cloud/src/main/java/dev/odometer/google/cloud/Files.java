package dev.odometer.google.cloud;

import dev.odometer.door.Envelope.Opened;
import dev.odometer.door.Item;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.refusal.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Objects of Cloud Storage as files that have arrived. A generation is an object's version. */
final class Files {

    /** As Eventarc says it, and as Pub/Sub does. */
    private static final Set<String> ARRIVED = Set.of("finalized", "OBJECT_FINALIZE");

    private static final JsonMapper JSON = new JsonMapper();

    private Files() {}

    /**
     * A file, or nothing when an object was deleted, archived or only described anew.
     *
     * @param object the object resource, whose numbers are texts
     * @throws Refusal when it does not say which object
     */
    static Opened changed(String what, String origin, JsonNode object) {
        if (!ARRIVED.contains(what)) {
            return new Opened(Payload.FILES, origin, List.of());
        }
        String bucket = object.path("bucket").asString("");
        String name = object.path("name").asString("");
        if (bucket.isEmpty() || name.isEmpty()) {
            throw Refusal.invalid("a storage event must name bucket and object");
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
