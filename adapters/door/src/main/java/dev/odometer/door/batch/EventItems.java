package dev.odometer.door.batch;

import dev.odometer.door.event.CloudEvents;
import dev.odometer.door.json.Json;
import dev.odometer.door.request.MediaType;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.MediaTypes;
import tools.jackson.databind.JavaType;

/** Reads the CloudEvent in an item: binary mode if it has attributes, otherwise structured mode. Thread-safe. */
public final class EventItems {

    private final CloudEvents events;

    EventItems(Json json, JavaType event) {
        events = new CloudEvents(json, event);
    }

    /** Reads events as records of a class. */
    public static EventItems of(Json json, Class<?> event) {
        return new EventItems(json, json.type(event));
    }

    /** @throws Refusal INVALID when the item has no valid event */
    public Object read(Item item) {
        if (!item.attributes().isEmpty()) {
            return events.binary(item.attributes(), item.contentType(), item.body())
                    .get(0);
        }
        checkReadable(item);
        return events.structured(item.body()).get(0);
    }

    static void checkReadable(Item item) {
        String contentType = item.contentType();
        if (contentType == null) {
            return;
        }
        boolean readable = MediaType.parse(contentType)
                .filter(type ->
                        type.isJson() && type.isUtf8() && !type.essence().equals(MediaTypes.CLOUD_EVENTS))
                .isPresent();
        if (!readable) {
            throw Refusal.invalid("invalid content type: " + Refusal.quote(contentType));
        }
    }
}
