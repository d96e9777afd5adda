package dev.odometer.door.batch;

/** Observes every message that became a dead letter, after it is stored. It must be fast and must not throw. */
@FunctionalInterface
public interface DeadLetterObserver {

    /** Called for each message of a channel. One that is redelivered is observed again. */
    void stored(String channel);
}
