package dev.odometer.door.batch;

/** Observes every message that became a dead letter, after it is stored. It must be fast and must not throw. */
@FunctionalInterface
public interface DeadLetterObserver {

    /** @param items how many items of the channel became dead letters; an item that is redelivered is observed again */
    void stored(String channel, long items);
}
