package dev.odometer.postgres.archive;

import dev.odometer.postgres.event.StoredEvent;

/** The place of an event in the order of time; of events at the same time, in the order of arrival. */
public record EventKey(long happenedAt, long position) implements Comparable<EventKey> {

    public static final EventKey MAX = new EventKey(Long.MAX_VALUE, Long.MAX_VALUE);

    public static EventKey of(StoredEvent event) {
        return new EventKey(event.happenedAt(), event.position());
    }

    @Override
    public int compareTo(EventKey other) {
        int byTime = Long.compare(happenedAt, other.happenedAt);
        return byTime != 0 ? byTime : Long.compare(position, other.position);
    }
}
