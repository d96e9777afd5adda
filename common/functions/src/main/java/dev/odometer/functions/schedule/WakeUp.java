package dev.odometer.functions.schedule;

import java.time.Instant;

/**
 * The timer of a process that has one. Only a hint: what it is for also happens when the schedule's own time comes.
 */
@FunctionalInterface
public interface WakeUp {

    /** Of a process without a timer. */
    WakeUp NONE = schedule -> {};

    /** Has the schedule called soon, out of turn; one that is not served here is left alone. Returns at once. */
    void wake(String schedule);

    /** The same at that time; of several times for a schedule the earliest counts, and is over then. */
    default void wake(String schedule, Instant at) {}
}
