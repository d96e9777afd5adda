package dev.odometer.door;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A CloudEvent as a message, in the one form that every platform's message is turned into.
 *
 * @param id what the platform calls the message; for logs and for the platform's own report
 * @param contentType of the bytes; absent where the platform has none, which means JSON
 * @param attributes the CloudEvents attributes of binary mode by their bare names, decoded; empty in structured mode
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never changed
public record Item(String id, @Nullable String contentType, Map<String, String> attributes, byte[] body) {

    public Item {
        attributes = Map.copyOf(attributes);
    }

    /** No body: it is somebody's business. */
    @Override
    public String toString() {
        return id;
    }
}
