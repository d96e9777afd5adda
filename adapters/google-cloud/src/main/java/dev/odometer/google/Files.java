package dev.odometer.google;

import dev.odometer.door.Item;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Objects of Cloud Storage as files that have arrived. A generation is an object's version. */
final class Files {

    private static final JsonMapper JSON = new JsonMapper();

    private Files() {}

    /** Of an object resource, whose numbers are texts. */
    static Item arrived(JsonNode object) {
        var file = new TreeMap<String, Object>(Map.of(
                "container",
                object.path("bucket").asString(""),
                "key",
                object.path("name").asString("")));
        put(file, "version", object.path("generation"));
        put(file, "arrivedAt", object.path("updated"));
        String size = object.path("size").asString("");
        if (size.matches("\\d{1,18}")) {
            file.put("size", Long.valueOf(size));
        }
        String id = file.get("container") + "/" + file.get("key") + "#" + file.getOrDefault("version", "");
        return Item.json(id, null, JSON.writeValueAsString(file).getBytes(StandardCharsets.UTF_8));
    }

    private static void put(Map<String, Object> file, String field, JsonNode value) {
        String text = value.asString("");
        if (!text.isEmpty()) {
            file.put(field, text);
        }
    }
}
