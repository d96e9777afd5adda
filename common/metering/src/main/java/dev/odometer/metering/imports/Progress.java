package dev.odometer.metering.imports;

import java.time.Duration;

/**
 * How far an import is.
 *
 * @param position of the content, unpacked: how many bytes lie before what comes next
 * @param line how many lines of the file lie before what comes next; for an array, elements
 * @param read how many bytes of the file, as it is stored, were read to come this far
 * @param lines how many were looked at: counted, repeated or rejected
 * @param counted how many were new
 * @param repeated how many had been counted before
 * @param rejected how many could not be counted
 * @param worked for how long, over all runs
 */
public record Progress(
        long position, long line, long read, long lines, long counted, long repeated, long rejected, Duration worked) {

    /** At the start of the file. */
    public static final Progress NONE = new Progress(0, 0, 0, 0, 0, 0, 0, Duration.ZERO);

    /** While it was worked on. */
    public long linesPerSecond() {
        return lines * 1000 / Math.max(worked.toMillis(), 1);
    }

    /** After a step in which so many events were new. */
    public Progress after(Step step, int isNew) {
        int events = step.events().size();
        int refused = step.rejected().size();
        return new Progress(
                step.position(),
                step.line(),
                Math.max(read, step.read()),
                lines + events + refused,
                counted + isNew,
                repeated + events - isNew,
                rejected + refused,
                worked.plus(step.worked()));
    }
}
