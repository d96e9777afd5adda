package dev.odometer.functions.deadletter;

import java.util.List;

/** Accepts poison messages for safekeeping. */
public interface DeadLetters {

    /**
     * Stores the items durably before it returns. Idempotent, as far as the store can deduplicate.
     *
     * @throws RuntimeException when some may not be stored; the caller must then store all of them again
     */
    void store(List<DeadLetter> items);
}
