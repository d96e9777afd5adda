package dev.odometer.door.batch;

import org.jspecify.annotations.Nullable;

/**
 * An item of a delivery.
 *
 * @param source absent if no binding accepts the item
 * @param knownOutcome the outcome, if it is known without a call of the function
 */
public record DeliveredItem(
        @Nullable DeliverySource source,
        Item item,
        @Nullable Outcome knownOutcome) {

    public static DeliveredItem of(DeliverySource source, Item item) {
        return new DeliveredItem(source, item, null);
    }

    /** An item that cannot be decoded, with its bytes as received. */
    public static DeliveredItem poison(DeliverySource source, Item item, String reason) {
        return new DeliveredItem(source, item, Outcome.poison(reason));
    }

    /**
     * An item that no binding accepts. It is redelivered, because the setting that names its channel may be missing.
     */
    public static DeliveredItem unrouted(Item item, String reason) {
        return new DeliveredItem(null, item, Outcome.retry(reason));
    }
}
