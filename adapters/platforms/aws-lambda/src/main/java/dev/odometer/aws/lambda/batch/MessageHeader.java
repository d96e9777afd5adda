package dev.odometer.aws.lambda.batch;

import dev.odometer.door.batch.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a message.
 *
 * @param id the source's id of the message
 * @param group the ordering group; absent if the source is unordered
 * @param origins what delivered it, such as a queue's ARN, followed by the services that forwarded it to that
 */
record MessageHeader(String id, @Nullable String group, List<String> origins) {

    MessageHeader {
        origins = List.copyOf(origins);
    }

    /** A copy with one more origin. */
    MessageHeader through(String origin) {
        if (origins.contains(origin)) {
            return this;
        }
        var more = new ArrayList<>(origins);
        more.add(origin);
        return new MessageHeader(id, group, more);
    }

    /** The metadata of one of several parts of a message. */
    MessageHeader part(int index) {
        return new MessageHeader(id + "#" + index, group, origins);
    }

    /** An item with the text as received. */
    Item unreadable(String text) {
        return new Item(id, group, null, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
