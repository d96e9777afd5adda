package dev.odometer.door;

import dev.odometer.functions.digest.Sha256;
import java.util.Map;
import java.util.TreeMap;
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

    /**
     * An item that its platform has no name for: it is called by the digest of what it is, so that when it is delivered
     * again it has the same name.
     */
    public static Item unnamed(@Nullable String contentType, Map<String, String> attributes, byte[] body) {
        String digest =
                new Sha256().add(new TreeMap<>(attributes).toString()).add(body).hex();
        return new Item("sha256:" + digest, null, contentType, attributes, body);
    }

    /** The item as one of a group. */
    public Item in(String group) {
        return new Item(id, group, contentType, attributes, body);
    }

    /** No body: it is somebody's business. */
    @Override
    public String toString() {
        return id;
    }
}
