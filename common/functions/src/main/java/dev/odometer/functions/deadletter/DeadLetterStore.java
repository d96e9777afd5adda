package dev.odometer.functions.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters in a store that can be listed. The first version of each is stored; repeated ones are ignored. */
public interface DeadLetterStore extends DeadLetters {

    /**
     * A stored dead letter.
     *
     * @param position ascending in the order of storing, and never reused
     */
    record Stored(long position, DeadLetter item) {}

    /** The most bytes of a body in the answer of {@link #latest}, so that a page fits in memory. */
    int MAX_EXCERPT = 4096;

    /**
     * A dead letter with the start of its body.
     *
     * @param item its body has at most {@link #MAX_EXCERPT} bytes
     * @param bodySize of the whole body, in bytes
     */
    record Excerpt(long position, DeadLetter item, int bodySize) {}

    /**
     * Filters that are joined by AND; null filters nothing.
     *
     * @param reason a part of the reason, case-sensitive
     * @param from the earliest time of storing
     * @param to after the latest time of storing
     * @param before a position: that of the last item of the previous page
     */
    record Search(
            @Nullable String channel,
            @Nullable String origin,
            @Nullable String reason,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before,
            int limit) {}

    /** A page of the dead letters that match, the one that was stored last first. */
    List<Excerpt> latest(Search search);

    /**
     * A page of a channel's dead letters, in the order of storing.
     *
     * @param after the last position of the previous page, or 0
     */
    List<Stored> list(String channel, long after, int limit);

    /** Deletes dead letters by position. Unknown positions are ignored. */
    void remove(Collection<Long> positions);

    /**
     * Deletes dead letters that were stored before the time. Looks at the first {@code limit} of all channels only, so
     * that one call stays short.
     *
     * @return the number of deleted ones; 0 when there is nothing left to delete
     */
    int removeOlderThan(Instant before, int limit);
}
