package dev.odometer.functions.deadletter;

import java.time.Instant;
import java.util.Arrays;
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
    public synchronized List<Excerpt> latest(Search search) {
        long before = search.before() == null ? Long.MAX_VALUE : search.before();
        return items.headMap(before, false).descendingMap().entrySet().stream()
                .filter(entry -> matches(search, entry.getValue()))
                .limit(search.limit())
                .map(entry -> excerpt(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static boolean matches(Search search, DeadLetter item) {
        return (search.channel() == null || search.channel().equals(item.channel()))
                && (search.origin() == null || search.origin().equals(item.origin()))
                && (search.reason() == null || item.reason().contains(search.reason()))
                && (search.from() == null || !item.storedAt().isBefore(search.from()))
                && (search.to() == null || item.storedAt().isBefore(search.to()));
    }

    private static Excerpt excerpt(long position, DeadLetter item) {
        var shortened = new DeadLetter(
                item.channel(),
                item.origin(),
                item.id(),
                item.reason(),
                item.contentType(),
                item.attributes(),
                Arrays.copyOf(item.body(), Math.min(item.body().length, MAX_EXCERPT)),
                item.storedAt());
        return new Excerpt(position, shortened, item.body().length);
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
