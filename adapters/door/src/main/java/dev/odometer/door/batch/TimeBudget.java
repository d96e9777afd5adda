package dev.odometer.door.batch;

import dev.odometer.functions.binding.Deadline;
import java.time.Duration;

/**
 * Decides whether there is time for one more call: the duration of the longest call so far, plus a margin for the
 * reply. For one batch; not thread-safe.
 */
public final class TimeBudget {

    private static final Duration MARGIN = Duration.ofMillis(500);

    private final Deadline deadline;
    private Duration longest = Duration.ZERO;

    public TimeBudget(Deadline deadline) {
        this.deadline = deadline;
    }

    /** The platform's deadline minus the margin. */
    public Deadline deadline() {
        return deadline.before(MARGIN);
    }

    boolean hasTime() {
        return deadline.hasAtLeast(longest.plus(MARGIN));
    }

    long nanoTime() {
        return deadline.nanoTime();
    }

    void took(Duration call) {
        if (call.compareTo(longest) > 0) {
            longest = call;
        }
    }
}
