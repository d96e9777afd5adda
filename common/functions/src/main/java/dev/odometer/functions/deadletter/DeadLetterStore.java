package dev.odometer.functions.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Parked items in a store that can be looked into. One is kept once, as it was parked first. */
public interface DeadLetterStore extends DeadLetters {

    /**
     * An item in its place.
     *
     * @param position grows with the order of parking, and is never given again
     */
    record Kept(long position, DeadLetter item) {}

    /**
     * A page of a channel's items, in the order of parking.
     *
     * @param after the position that the page before ended with, or 0
     */
    List<Kept> list(String channel, long after, int limit);

    /** Forgets items by their positions; those that are not there are no mistake. */
    void remove(Collection<Long> positions);

    /**
     * Forgets items that were parked before that time, looking at no more than the first {@code limit} of all.
     *
     * @return how many; 0 when the first ones are to stay
     */
    int removeOld(Instant before, int limit);
}
