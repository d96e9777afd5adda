package dev.odometer.aws.lambda.batch;

import dev.odometer.door.Item;
import dev.odometer.door.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Something for a function in a message.
 *
 * @param channel absent where no binding takes it
 * @param origin the source it came from, for whoever looks at it parked
 * @param known its outcome, where no function is needed to say it
 */
record MessagePart(
        @Nullable String channel,
        String origin,
        Item item,
        @Nullable Outcome known) {

    static MessagePart of(String channel, MessageHeader messageHeader, Item item) {
        return new MessagePart(channel, messageHeader.origins().get(0), item, null);
    }

    /** What cannot even be handed to the door, as it came. */
    static MessagePart poison(String channel, MessageHeader messageHeader, String text, String reason) {
        return new MessagePart(
                channel, messageHeader.origins().get(0), item(messageHeader, text), Outcome.poison(reason));
    }

    /** What this function is not connected with: it may be somebody else's, or the setting is missing. */
    static MessagePart lost(MessageHeader messageHeader, String reason) {
        return new MessagePart(null, messageHeader.origins().get(0), item(messageHeader, ""), Outcome.retry(reason));
    }

    private static Item item(MessageHeader messageHeader, String text) {
        return new Item(
                messageHeader.id(), messageHeader.group(), null, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
