package dev.odometer.door;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message, in the one form that every platform's is turned into: a CloudEvent, or JSON that names a file.
 *
 * @param id what the platform calls the message; for logs and for the platform's own report
 * @param group whose members the platform keeps in order, such as a partition; absent where it keeps none
 * @param contentType of the bytes; absent where the platform has none, which means JSON
 * @param attributes the CloudEvents attributes of binary mode by their bare names, decoded; empty in structured mode
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never changed
public record Item(
        String id, @Nullable String group, @Nullable String contentType, Map<String, String> attributes, byte[] body) {

    public Item {
        attributes = Map.copyOf(attributes);
    }

    /** JSON: an event in structured mode, or what names a file. */
    public static Item json(String id, @Nullable String group, byte[] body) {
        return new Item(id, group, null, Map.of(), body);
    }

    /** No body: it is somebody's business. */
    @Override
    public String toString() {
        return id;
    }
}
