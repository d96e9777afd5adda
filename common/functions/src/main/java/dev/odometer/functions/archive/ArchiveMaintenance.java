package dev.odometer.functions.archive;

import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * What operators do with stored events. One transaction changes one file, so a process may crash at any time, and the next call
 * continues.
 */
public interface ArchiveMaintenance {

    /**
     * Brings the events of days back from their files, with their positions and times, and deletes the files. A file that is
     * missing or damaged is left as it is.
     *
     * @throws Refusal CONFLICT when no file store is configured; UNAVAILABLE when the database does not respond, or another
     *     process is changing the archive
     */
    Changed restore(Period period, Consumer<String> progress);

    /**
     * Deletes the events of a subject that were recorded before the call, in the database and in files, which are replaced.
     * Totals do not change, and repeats of the events are still repeats. A file that is missing or damaged is left as it is.
     *
     * @throws Refusal CONFLICT when no file store is configured; UNAVAILABLE when the database does not respond, another
     *     process is changing the archive, or a meter has to count a file that cannot be read
     */
    Changed erase(String subject, Consumer<String> progress);

    /**
     * Days in UTC.
     *
     * @param from the start of the first day
     * @param to the end of the last day
     * @param until when the schedule may archive the days again
     */
    record Period(Instant from, Instant to, Instant until) {}

    /**
     * What was done.
     *
     * @param events the number of events that were restored or erased
     * @param files the number of files that were changed
     * @param problems a sentence for each file that could not be read
     */
    record Changed(long events, long files, List<String> problems) {}
}
