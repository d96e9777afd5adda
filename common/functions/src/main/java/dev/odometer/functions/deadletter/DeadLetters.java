package dev.odometer.functions.deadletter;

import java.util.List;

/** Where poison goes. */
public interface DeadLetters {

    /**
     * Returns when all of them are safe. Parking one again changes nothing, as far as the store can tell.
     *
     * @throws RuntimeException when it is not sure that all are safe; then all are to be parked again
     */
    void park(List<DeadLetter> items);
}
