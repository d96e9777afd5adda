package dev.odometer.metering.imports;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.resource.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Imports, where they are, and what they could not count. Safe for concurrent use. */
public interface Imports {

    /** Why an import of a version that is gone has failed. */
    String CHANGED = "the file was changed while it was being imported; its new version is another import";

    /**
     * Takes up the import of the file's version: a new one, the one that is there, or from its start one that failed,
     * whose rejected lines are then forgotten. Running imports of other versions of the file fail by that, since their
     * content is gone. One that is done is given as it is.
     *
     * @param id for a new one
     * @return nothing while another run has it
     */
    Optional<UsageImport> take(String id, FileVersion file, Lease lease);

    /**
     * Counts the step's events, each once, keeps its rejected lines and moves the import on, all of it or nothing;
     * renews the lease. Sees everything that was counted before, by whichever channel.
     *
     * @param turn is run in the transaction, once the events are counted and before the import moves on: for a step that is
     *     counted beside the one before it returns when that one is committed. What it throws undoes the step; it may be run
     *     more than once
     * @throws Refusal CONFLICT when the run has not got the import any more
     */
    UsageImport advance(String id, Lease lease, Step step, Runnable turn);

    /** Counts a step that has nothing before it. */
    default UsageImport advance(String id, Lease lease, Step step) {
        return advance(id, lease, step, () -> {});
    }

    /** Lets others have it; no mistake if it was lost before. */
    void release(String id, Lease lease);

    /** Ends running imports of all versions of a file that is gone, as failed for that reason. */
    void abandon(FileName file, String reason, Instant now);

    /** Rejected lines of an import that is not finished, ascending, from behind that one. */
    List<RejectedLine> rejected(String id, long afterLine, int limit);

    /**
     * Makes an import that ended DONE or, with a reason, FAILED, and forgets its rejected lines.
     *
     * @throws Refusal CONFLICT when the run has not got the import any more
     */
    UsageImport finish(String id, Lease lease);

    Optional<UsageImport> find(String id);

    /** Latest start first. */
    Page<UsageImport> list(ImportSearch search);
}
