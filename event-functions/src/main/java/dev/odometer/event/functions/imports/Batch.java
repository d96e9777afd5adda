package dev.odometer.event.functions.imports;

import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.imports.Step;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pieces that are counted in one transaction, and where the file is behind them.
 *
 * @param isLast whether the file ends here
 */
record Batch(
        List<UsageEvent> events, List<RejectedLine> rejected, long position, long line, long read, boolean isLast) {

    Step step(Duration worked) {
        return new Step(events, rejected, position, line, read, worked, isLast, null);
    }

    /** Keeps what was rejected, counts nothing and ends the import. */
    Step failing(Duration worked, String reason) {
        return new Step(List.of(), rejected, position, line, read, worked, true, reason);
    }

    /** What reading ahead has come to: a batch, or what stopped it. */
    record Read(@Nullable Batch batch, @Nullable RuntimeException failure) {}
}
