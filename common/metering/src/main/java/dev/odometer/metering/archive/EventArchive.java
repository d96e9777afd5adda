package dev.odometer.metering.archive;

import dev.odometer.functions.archive.ArchiveMaintenance;
import dev.odometer.functions.refusal.Refusal;
import java.time.Instant;

/**
 * Moves events of past days to files of a file store and back. One transaction changes one file, so a process may
 * crash at any time: nothing is lost or stored twice, and the next call continues.
 */
public interface EventArchive extends ArchiveMaintenance {

    /**
     * Archives the oldest due events, at most one file of one day.
     *
     * @param before the end of the last day to archive, truncated to the day in UTC
     * @return whether there may be more to archive
     * @throws Refusal CONFLICT when no container or file store is configured; UNAVAILABLE when the store or the database
     *     does not respond, or another process is archiving
     */
    boolean archive(Instant before);

    /**
     * Counts a part of the archived events for meters that were created later.
     *
     * @return whether there may be more to count
     * @throws Refusal UNAVAILABLE when the store does not respond, or a file is missing or damaged
     */
    boolean count();
}
