package dev.odometer.metering.imports;

import java.time.Duration;

/**
 * The progress of an import.
 *
 * @param position the offset of the next unprocessed byte in the decompressed content
 * @param line the number of lines processed so far; for a JSON array, elements
 * @param read the number of bytes read from the file as it is stored, compressed or not
 * @param lines the number of processed lines: counted, repeated or rejected
 * @param counted the number of new events
 * @param repeated the number of duplicates
 * @param rejected the number of lines that could not be counted
 * @param worked the processing time over all runs
 */
public record Progress(
        long position, long line, long read, long lines, long counted, long repeated, long rejected, Duration worked) {

    /** At the start of the file. */
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0, Duration.ZERO);

    /** The throughput over the processing time. */
    public long linesPerSecond() {
        return lines * 1000 / Math.max(worked.toMillis(), 1);
    }

    /** @param newEvents the number of the step's events that were new */
    public Progress after(Step step, int newEvents) {
        int events = step.events().size();
        int refused = step.rejected().size();
        return new Progress(
                step.position(),
                step.line(),
                Math.max(read, step.read()),
                lines + events + refused,
                counted + newEvents,
                repeated + events - newEvents,
                rejected + refused,
                worked.plus(step.worked()));
    }
}
