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
record Part(
        @Nullable String channel,
        String origin,
        Item item,
        @Nullable Outcome known) {

    static Part of(String channel, Letter letter, Item item) {
        return new Part(channel, letter.origins().get(0), item, null);
    }

    /** What cannot even be handed to the door, as it came. */
    static Part poison(String channel, Letter letter, String text, String reason) {
        return new Part(channel, letter.origins().get(0), item(letter, text), Outcome.poison(reason));
    }

    /** What this function is not connected with: it may be somebody else's, or the setting is missing. */
    static Part lost(Letter letter, String reason) {
        return new Part(null, letter.origins().get(0), item(letter, ""), Outcome.retry(reason));
    }

    private static Item item(Letter letter, String text) {
        return new Item(letter.id(), letter.group(), null, Map.of(), text.getBytes(StandardCharsets.UTF_8));
    }
}
