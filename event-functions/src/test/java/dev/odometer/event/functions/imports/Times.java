package dev.odometer.event.functions.imports;

import dev.odometer.functions.binding.Deadline;
import java.time.Duration;

/** Times there are for a run. */
final class Times {

    /** Over before it began. */
    static final Deadline SHORT = Deadline.in(Duration.ZERO);

    private Times() {}
}
