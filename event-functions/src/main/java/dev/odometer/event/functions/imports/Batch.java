package dev.odometer.event.functions.imports;

import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.imports.Step;
import dev.odometer.metering.usage.UsageEvent;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records that are counted in one transaction, and the file's position after them.
 *
 * @param position the byte after the last record, in the decompressed file
 * @param line the last line, or element of an array
 * @param read the number of bytes read of the stored file
 * @param isLast whether the file ends here
 */
record Batch(
        List<UsageEvent> events, List<RejectedLine> rejected, long position, long line, long read, boolean isLast) {

    Step step(Duration worked) {
        return new Step(events, rejected, position, line, read, worked, isLast, null);
    }

    /** Stores the rejected lines, counts nothing and fails the import. */
    Step failing(Duration worked, String reason) {
        return new Step(List.of(), rejected, position, line, read, worked, true, reason);
    }

    /** The result of reading ahead: a batch, or the exception that ended it. */
    record Read(@Nullable Batch batch, @Nullable RuntimeException failure) {}
}
