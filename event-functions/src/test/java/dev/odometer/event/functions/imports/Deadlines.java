package dev.odometer.event.functions.imports;

import dev.odometer.functions.binding.Deadline;
import java.time.Duration;

/** Deadlines of runs. */
final class Deadlines {

    /** Already over, so that a run counts one batch only. */
    static final Deadline EXPIRED = Deadline.in(Duration.ZERO);

    private Deadlines() {}
}
