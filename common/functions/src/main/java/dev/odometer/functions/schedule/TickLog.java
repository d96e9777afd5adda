package dev.odometer.functions.schedule;

import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Up to when each schedule is done, for everybody who may be called for it. Of a schedule's ticks one is worked on at a
 * time, however many nodes there are. Safe for concurrent use.
 */
public interface TickLog {

    /** What came of a tick. */
    enum Turn {
        /** The work was done, now. */
        DONE,
        /** The work was tried and not done; the tick is to come again. */
        NOT_DONE,
        /** Nothing was to do: this tick or a later one was done before. */
        DONE_BEFORE,
        /** Nothing was done: somebody else is at a tick of this schedule. */
        TAKEN
    }

    /**
     * Does the work unless this tick or a later one is done already: of several that were missed, one is made up for.
     * Whoever dies or throws in the middle has not done it, and keeps nobody from it.
     *
     * @param work says whether it is done
     * @throws Refusal UNAVAILABLE when the log does not answer; then it may be that the work was done without being noted
     */
    Turn take(Tick tick, BooleanSupplier work);

    /** When the latest tick that is done was due. */
    Optional<Instant> lastDone(String schedule);
}
