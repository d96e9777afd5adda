package dev.odometer.functions.deadletter;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Dead letters in memory. Passes {@link DeadLetterStoreContract}. */
public final class InMemoryDeadLetterStore implements DeadLetterStore {

    private final NavigableMap<Long, DeadLetter> items = new TreeMap<>();
    private long last;

    @Override
    public synchronized void store(List<DeadLetter> more) {
        for (DeadLetter item : more) {
            if (items.values().stream().noneMatch(kept -> isSame(kept, item))) {
                items.put(++last, item);
            }
        }
    }

    private static boolean isSame(DeadLetter a, DeadLetter b) {
        return a.channel().equals(b.channel())
                && a.origin().equals(b.origin())
                && a.id().equals(b.id())
                && a.contentDigest().equals(b.contentDigest());
    }

    @Override
    public synchronized List<Stored> list(String channel, long after, int limit) {
        return items.tailMap(after, false).entrySet().stream()
                .filter(entry -> entry.getValue().channel().equals(channel))
                .limit(limit)
                .map(entry -> new Stored(entry.getKey(), entry.getValue()))
                .toList();
    }

    @Override
    public synchronized void remove(Collection<Long> positions) {
        positions.forEach(items::remove);
    }

    @Override
    public synchronized int removeOlderThan(Instant before, int limit) {
        List<Long> old = items.entrySet().stream()
                .limit(limit)
                .filter(entry -> entry.getValue().storedAt().isBefore(before))
                .map(Map.Entry::getKey)
                .toList();
        remove(old);
        return old.size();
    }
}
