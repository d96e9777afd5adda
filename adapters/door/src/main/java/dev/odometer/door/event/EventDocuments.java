package dev.odometer.door.event;

import dev.odometer.door.json.Json;
import dev.odometer.functions.binding.Documents;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads and writes documents with the same JSON rules as the doors. */
public final class EventDocuments implements Documents {

    private final Json json;
    private final Map<Class<?>, CloudEvents> readers = new ConcurrentHashMap<>();

    public EventDocuments(Json json) {
        this.json = json;
    }

    @Override
    public <T> T event(byte[] document, Class<T> type) {
        var reader = readers.computeIfAbsent(type, wanted -> new CloudEvents(json, json.type(wanted)));
        return type.cast(reader.structured(document).get(0));
    }

    @Override
    public void check(byte[] document) {
        json.check(document);
    }

    @Override
    public byte[] write(Object value) {
        return json.write(value);
    }

    @Override
    public Map<String, @Nullable Object> tree(Object value) {
        return json.tree(value);
    }
}
