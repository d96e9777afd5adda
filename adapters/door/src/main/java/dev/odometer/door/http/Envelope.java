package dev.odometer.door.http;

import dev.odometer.door.batch.Item;
import dev.odometer.functions.binding.Binding.Payload;
import java.util.List;
import java.util.Optional;

/** The wrapper that a platform puts around the messages that it pushes over HTTP. Thread-safe. */
public interface Envelope {

    /**
     * Its content; empty if the item is not wrapped in this envelope.
     *
     * @throws dev.odometer.functions.refusal.Refusal when it is wrapped, but cannot be unwrapped
     */
    Optional<Opened> open(Item pushed);

    /**
     * The content of an envelope.
     *
     * @param origin the subscription, bucket or topic that it came from
     * @param items empty if the content can be ignored
     */
    record Opened(Payload payload, String origin, List<Item> items) {

        public Opened {
            items = List.copyOf(items);
        }
    }
}
