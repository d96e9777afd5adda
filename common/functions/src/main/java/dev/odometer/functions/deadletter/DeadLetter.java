package dev.odometer.functions.deadletter;

import dev.odometer.functions.digest.Sha256;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A poison message with its original bytes and the reason. Identified by (channel, origin, id, content): an origin that
 * is created anew, such as a topic, gives the same ids to other messages.
 *
 * @param channel the channel it was delivered to
 * @param origin the queue, stream, topic or bucket it came from, by a name that no other one has
 * @param id its id at the origin
 * @param reason one sentence; it may quote up to 100 characters of the message
 * @param contentType of the body; absent for JSON
 * @param attributes the CloudEvents attributes of binary mode; empty for other messages
 * @param body the original bytes, in the format of the channel
 * @param storedAt when it was stored
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never modified
public record DeadLetter(
        String channel,
        String origin,
        String id,
        String reason,
        @Nullable String contentType,
        Map<String, String> attributes,
        byte[] body,
        Instant storedAt) {

    public DeadLetter {
        attributes = Map.copyOf(attributes);
    }

    /** The SHA-256 of content type, attributes and body, in hexadecimal digits. */
    public String contentDigest() {
        var digest = new Sha256();
        add(digest, String.valueOf(contentType));
        new TreeMap<>(attributes).forEach((name, value) -> {
            add(digest, name);
            add(digest, value);
        });
        return digest.add("|").add(body).hex();
    }

    private static void add(Sha256 digest, String part) {
        digest.add(part.length() + ":" + part);
    }

    /** Without the body, which may hold personal data that must not reach logs. */
    @Override
    public String toString() {
        return channel + "/" + origin + "/" + id;
    }
}
