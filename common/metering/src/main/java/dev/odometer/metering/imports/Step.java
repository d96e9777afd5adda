package dev.odometer.metering.imports;

import dev.odometer.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a file, and where the import is behind it; see {@link Progress}.
 *
 * @param events to be counted, with their times
 * @param rejected lines that cannot be
 * @param ended whether nothing is left to be read, or will be
 * @param reason why the import fails, if it does; only at its end
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

    /** Ends the import where it is. */
    public static Step failing(Progress at, String reason) {
        return new Step(List.of(), List.of(), at.position(), at.line(), at.read(), Duration.ZERO, true, reason);
    }

    /** Counts nothing and moves nothing on, but renews the lease. */
    public static Step nothing(Progress at, Duration worked) {
        return new Step(List.of(), List.of(), at.position(), at.line(), at.read(), worked, false, null);
    }
}
