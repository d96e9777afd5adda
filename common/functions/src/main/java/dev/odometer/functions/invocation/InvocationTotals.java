package dev.odometer.functions.invocation;

import java.time.Instant;

/**
 * The invocations of one function by one kind of trigger, added up in one process.
 *
 * @param id unique, and the same when the totals are stored again after a failure
 * @param from the time of the first invocation
 * @param function the name of the function; or {@link #NO_FUNCTION}
 * @param events the events of successful requests, and the messages; a file counts as one
 * @param milliseconds the durations, each rounded up to a millisecond
 * @param milliseconds100 the durations, each rounded up to 100 milliseconds
 * @param bytesIn the bytes of the request bodies or messages, as received
 * @param bytesOut the bytes of the response bodies
 */
public record InvocationTotals(
        String id,
        Instant from,
        String function,
        Trigger trigger,
        long invocations,
        long events,
        long milliseconds,
        long milliseconds100,
        long bytesIn,
        long bytesOut) {

    /** The function of requests without a route, and of messages without a channel. */
    public static final String NO_FUNCTION = "none";

    /** What invokes a function. */
    public enum Trigger {
        HTTP,
        MESSAGES,
        SCHEDULE
    }
}
