package dev.odometer.door;

import dev.odometer.functions.binding.Binding.Payload;
import java.util.List;
import java.util.Optional;

/** A platform's own wrapping around what it pushes over HTTP. Thread-safe. */
public interface Envelope {

    /**
     * What is in it; nothing when the item is not wrapped like this.
     *
     * @throws dev.odometer.refusal.Refusal when it is, but cannot be unwrapped
     */
    Optional<Opened> open(Item pushed);

    /**
     * What was in an envelope.
     *
     * @param origin the subscription, bucket or topic that it came from
     * @param items none when there is nothing to do about it
     */
    record Opened(Payload payload, String origin, List<Item> items) {

        public Opened {
            items = List.copyOf(items);
        }
    }
}
