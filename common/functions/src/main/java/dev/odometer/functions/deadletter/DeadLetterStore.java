package dev.odometer.functions.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Dead letters in a store that can be listed. The first version of each is stored; repeated ones are ignored. */
public interface DeadLetterStore extends DeadLetters {

    /**
     * A stored dead letter.
     *
     * @param position ascending in the order of storing, and never reused
     */
    record Stored(long position, DeadLetter item) {}

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
