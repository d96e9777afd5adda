package dev.odometer.metering.export;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The exports that were asked for, one for each request. Safe for concurrent use. */
public interface Exports {

    /**
     * Keeps an export unless there is one with an equal request.
     *
     * @return the one that is kept
     */
    Export add(Export export);

    Optional<Export> find(String id);

    /**
     * The latest first.
     *
     * @param before the id that the page before ended with; absent for the first page
     */
    List<Export> list(@Nullable String before, int limit);

    /** The one that has waited longest to be written; those that were tried least come first. */
    Optional<Export> nextPending();

    /** Keeps how far it is; nothing when it is not there any more. */
    void replace(Export export);

    /**
     * Forgets exports that were finished before that time, and leaves their files.
     *
     * @return how many, at most {@code limit}
     */
    int removeFinished(Instant before, int limit);
}
