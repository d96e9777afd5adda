package dev.odometer.functions.schedule;

import java.time.Instant;

/**
 * Triggers a schedule early, in a process with a timer. Only a hint: the schedule also runs at its regular time.
 */
@FunctionalInterface
public interface WakeUp {

    /** For a process without a timer. */
    WakeUp NONE = schedule -> {};

    /** Calls the schedule soon. A schedule that this process does not serve is ignored. Returns immediately. */
    void wake(String schedule);

    /** Calls the schedule once at that time. Of several times for one schedule only the earliest is kept. */
    default void wake(String schedule, Instant at) {}
}
