package dev.odometer.aws.lambda.batch;

import dev.odometer.door.Item;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands on the outside of a message.
 *
 * @param id what its source calls it
 * @param group whose members the source keeps in order; absent where it keeps none
 * @param origins what it came from, such as a queue's ARN, and then what that was told by
 */
record MessageHeader(String id, @Nullable String group, List<String> origins) {

    MessageHeader {
        origins = List.copyOf(origins);
    }

    /** The letter with one more place that it came through. */
    MessageHeader through(String origin) {
        if (origins.contains(origin)) {
            return this;
        }
        var more = new ArrayList<>(origins);
        more.add(origin);
        return new MessageHeader(id, group, more);
    }

    /** One of several parts of a message. */
    MessageHeader part(int index) {
        return new MessageHeader(id + "#" + index, group, origins);
    }

    /** The message as an item with its text as it came. */
    Item unreadable(String text) {
        return new Item(id, group, null, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
