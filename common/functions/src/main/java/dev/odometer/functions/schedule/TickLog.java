package dev.odometer.functions.schedule;

import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The latest completed tick of each schedule, shared by all nodes. At most one tick of a schedule is in progress at a
 * time, across all nodes. Safe for concurrent use.
 */
public interface TickLog {

    /** The result of a tick. */
    enum Result {
        /** The work was completed by this call. */
        DONE,
        /** The work was attempted, but not completed; the tick has to be repeated. */
        NOT_DONE,
        /** Nothing was done, since this tick or a later one was completed before. */
        ALREADY_DONE,
        /** Nothing was done, since another node or thread is processing a tick of this schedule. */
        IN_PROGRESS
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

    /** The due time of the latest completed tick. */
    Optional<Instant> lastDone(String schedule);
}
