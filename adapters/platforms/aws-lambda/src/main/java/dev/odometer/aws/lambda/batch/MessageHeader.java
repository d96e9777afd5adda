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
 * @param id the source's id of the message; unique within the source
 * @param group the ordering group; absent if the source is unordered
 * @param source what delivered it, such as a queue's ARN; unique among all sources
 * @param origins the names by which the settings may map it to a channel: those of the source, followed by those of the
 *     services that forwarded it to that
 */
record MessageHeader(String id, @Nullable String group, String source, List<String> origins) {

    MessageHeader {
        origins = List.copyOf(origins);
    }

    /** A message of a source with a single name. */
    MessageHeader(String id, @Nullable String group, String source) {
        this(id, group, source, List.of(source));
    }

    /** A copy with one more origin. */
    MessageHeader through(String origin) {
        if (origins.contains(origin)) {
            return this;
        }
        var more = new ArrayList<>(origins);
        more.add(origin);
        return new MessageHeader(id, group, source, more);
    }

    /** The metadata of one of several parts of a message. */
    MessageHeader part(int index) {
        return new MessageHeader(id + "#" + index, group, source, origins);
    }

    /** An item with the text as received. */
    Item unreadable(String text) {
        return new Item(id, group, null, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
