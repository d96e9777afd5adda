package dev.odometer.functions.deadletter;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message as it came, and why it was parked. Channel, origin and id together are its identity.
 *
 * @param channel the channel it was for
 * @param origin the queue, stream, topic or bucket it came from
 * @param id what its origin calls it
 * @param reason in one sentence; it may quote up to 100 characters of the message
 * @param contentType of the body; absent for JSON
 * @param attributes the attributes of binary mode; empty for others
 * @param body to the byte, and in whichever form the channel takes
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never changed
public record DeadLetter(
        String channel,
        String origin,
        String id,
        String reason,
        @Nullable String contentType,
        Map<String, String> attributes,
        byte[] body,
        Instant parkedAt) {

    public DeadLetter {
        attributes = Map.copyOf(attributes);
    }

    /** No body: it is somebody's business. */
    @Override
    public String toString() {
        return channel + "/" + origin + "/" + id;
    }
}
