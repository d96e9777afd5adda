package dev.odometer.functions.schedule;

import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The latest completed tick of each schedule, shared by all nodes. At most one tick of a schedule is in progress at a
 * time, across all nodes. Safe for concurrent use.
 *
 * <p>Clocks are not trusted. Whether a tick is due is decided by the clock of the log, which all nodes share. A tick
 * that is recorded more than {@link #MAX_CLOCK_SKEW} ahead of that clock was recorded while the clock was wrong: it is
 * ignored, and the next completed tick replaces it.
 */
public interface TickLog {

    /** The tolerated difference between the clocks of a node, of a timer and of the log. */
    Duration MAX_CLOCK_SKEW = Duration.ofMinutes(1);

    /** The result of a tick. */
    enum Result {
        /** The work was completed by this call. */
        DONE,
        /** The work was attempted, but not completed; the tick has to be repeated. */
        NOT_DONE,
        /** Nothing was done, since this tick or a later one was completed before. */
        ALREADY_DONE,
        /** Nothing was done, since another node or thread is processing a tick of this schedule. */
        IN_PROGRESS,
        /**
         * Nothing was done, since the tick is ahead of the log's clock. Once done, it would suppress all earlier ticks.
         */
        NOT_DUE
    }

    /**
     * Does the work unless this tick or a later one is completed; so after several missed ticks the work is done once.
     * If the process crashes or the work throws, the tick is not completed and does not block others.
     *
     * @param work returns whether it is completed
     * @throws Refusal UNAVAILABLE when the log does not respond; the work may then be done, but not recorded as
     *     completed
     */
    Result runOnce(Tick tick, BooleanSupplier work);

    /**
     * The current time of the log's clock.
     *
     * @throws Refusal UNAVAILABLE when the log does not respond
     */
    Instant now();

    /** The due time of the latest completed tick, also if it is ahead of the clock. */
    Optional<Instant> lastDone(String schedule);
}
