package dev.odometer.metering.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The store of exports, one per request. Safe for concurrent use. */
public interface Exports {

    /**
     * Stores an export unless one with an equal request exists.
     *
     * @return the stored one
     */
    Export add(Export export);

    Optional<Export> find(String id);

    /**
     * Exports, newest first.
     *
     * @param before the last id of the previous page; absent for the first page
     */
    List<Export> list(@Nullable String before, int limit);

    /** The pending export to write next: the one with the fewest attempts, and of these the oldest. */
    Optional<Export> nextPending();

    /** Updates the progress of an export. Does nothing when the export was deleted. */
    void replace(Export export);

    /**
     * Deletes exports that were finished before the time, but not their files.
     *
     * @return the number of deleted ones, at most {@code limit}
     */
    int removeFinished(Instant before, int limit);
}
