package dev.odometer.metering.imports;

import dev.odometer.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, with the progress after it; see {@link Progress}.
 *
 * @param events the events to count, with their times
 * @param rejected the lines that cannot be counted
 * @param ended whether it is the last step: nothing more is read
 * @param reason why the import fails; only in the last step
 */
public record Step(
        List<UsageEvent> events,
        List<RejectedLine> rejected,
        long position,
        long line,
        long read,
        Duration worked,
        boolean ended,
        @Nullable String reason) {

    /** Fails the import at its current progress. */
    public static Step failing(Progress at, String reason) {
        return new Step(List.of(), List.of(), at.position(), at.line(), at.read(), Duration.ZERO, true, reason);
    }

    /** An empty step that only renews the lease. */
    public static Step nothing(Progress at, Duration worked) {
        return new Step(List.of(), List.of(), at.position(), at.line(), at.read(), worked, false, null);
    }
}
