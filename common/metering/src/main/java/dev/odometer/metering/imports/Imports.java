package dev.odometer.metering.imports;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The store of imports with their progress and rejected lines. Safe for concurrent use. */
public interface Imports {

    /** The reason of an import that failed because its version was replaced. */
    String REPLACED_REASON = "the file changed during the import; the new version is a separate import";

    /**
     * Acquires the lease on the import of the file version. Creates the import, continues an existing one, or restarts
     * a failed one and deletes its rejected lines. Running imports of other versions of the file fail, since their
     * content no longer exists. A completed import is returned unchanged.
     *
     * @param id for a new import
     * @return empty while another run holds the lease
     */
    Optional<UsageImport> take(String id, FileVersion file, Lease lease);

    /**
     * Counts the events of the step, each once, stores its rejected lines, advances the progress and renews the lease,
     * in one transaction. Events that were counted before, from any channel, are duplicates.
     *
     * @param turn runs inside the transaction, after the events are counted and before the progress advances. When
     *     steps are counted in parallel, it returns once the previous step is committed, so that progress stays in
     *     order. An exception rolls the step back. It may run more than once
     * @throws Refusal CONFLICT when the run no longer holds the lease
     */
    UsageImport advance(String id, Lease lease, Step step, Runnable turn);

    /** Counts a step that need not wait for a previous one. */
    default UsageImport advance(String id, Lease lease, Step step) {
        return advance(id, lease, step, () -> {});
    }

    /** Releases the lease. Does nothing when the run no longer holds it. */
    void release(String id, Lease lease);

    /** Fails the running imports of all versions of a deleted file, with the reason. */
    void abandon(FileName file, String reason, Instant now);

    /** Rejected lines of an unfinished import, ascending, after the given line. */
    List<RejectedLine> rejected(String id, long afterLine, int limit);

    /**
     * Sets an import whose lines are all processed to DONE or, with a reason, to FAILED, and deletes its rejected
     * lines.
     *
     * @throws Refusal CONFLICT when the run no longer holds the lease
     */
    UsageImport finish(String id, Lease lease);

    Optional<UsageImport> find(String id);

    /**
     * Deletes at most {@code limit} completed and failed imports that ended before the time. If such a version of a file
     * arrives again, it is imported again, and its lines are duplicates.
     *
     * @return the number of deleted imports
     */
    int removeFinished(Instant before, int limit);

    /** Imports by start time, newest first. */
    Page<UsageImport> list(ImportSearch search);
}
