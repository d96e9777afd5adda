package dev.odometer.door.batch;

import dev.odometer.functions.digest.Sha256;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The canonical message, which each platform's message is translated to: a CloudEvent, or JSON that names a file.
 *
 * @param id the platform's id of the message; for logs and reports
 * @param group the ordering group, such as a partition; absent if the platform keeps no order
 * @param contentType of the bytes; absent means JSON
 * @param attributes the CloudEvents attributes of binary mode, decoded, without a prefix; empty in structured mode
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never modified
public record Item(
        String id, @Nullable String group, @Nullable String contentType, Map<String, String> attributes, byte[] body) {

    public Item {
        attributes = Map.copyOf(attributes);
    }

    /** A JSON item: an event in structured mode, or the name of a file. */
    public static Item json(String id, @Nullable String group, byte[] body) {
        return new Item(id, group, null, Map.of(), body);
    }

    /**
     * An item without an id of its platform. Its id is the digest of its content, so a redelivery has the same id and
     * is deduplicated.
     */
    public static Item unnamed(@Nullable String contentType, Map<String, String> attributes, byte[] body) {
        String digest =
                new Sha256().add(new TreeMap<>(attributes).toString()).add(body).hex();
        return new Item("sha256:" + digest, null, contentType, attributes, body);
    }

    /** A copy in an ordering group. */
    public Item withGroup(String group) {
        return new Item(id, group, contentType, attributes, body);
    }

    /** Without the body, which may be confidential. */
    @Override
    public String toString() {
        return id;
    }
}
