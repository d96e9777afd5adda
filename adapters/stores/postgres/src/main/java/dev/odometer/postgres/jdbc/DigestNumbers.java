package dev.odometer.postgres.jdbc;

import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Assigns numbers to the rows of a table that a digest identifies, and caches them. A committed number never changes, so
 * the cache needs no invalidation. Numbers are committed before they are used: if they were assigned in a transaction
 * that is rolled back, the cache would hold numbers that do not exist.
 *
 * @param <K> what is numbered; with {@code equals} and {@code hashCode}
 */
public abstract class DigestNumbers<K> {

    private final Database database;
    private final long maxCachedBytes;
    private final NamedSql add;
    private final NamedSql find;
    private final Map<K, Long> cache = new ConcurrentHashMap<>();
    private final AtomicLong cachedBytes = new AtomicLong();

    /**
     * @param add inserts the {@link #columns} and {@code :digests}, on conflict nothing
     * @param find selects {@code digest} and {@code number} by {@code :digests}
     */
    protected DigestNumbers(Database database, long maxCachedBytes, NamedSql add, NamedSql find) {
        this.database = database;
        this.maxCachedBytes = maxCachedBytes;
        this.add = add;
        this.find = find;
    }

    protected abstract byte[] digest(Digest digest, K key);

    /** The arrays that are inserted, by parameter. */
    protected abstract Map<String, Object> columns(Collection<K> keys);

    /** The approximate size in memory. */
    protected abstract long bytes(K key);

    /** The number of each key, in order; new ones are stored. Must not be called inside a transaction. */
    public final long[] of(List<K> wanted) {
        var numbers = new long[wanted.size()];
        var missing = new LinkedHashSet<K>();
        for (int i = 0; i < numbers.length; i++) {
            Long number = cache.get(wanted.get(i));
            if (number == null) {
                missing.add(wanted.get(i));
            } else {
                numbers[i] = number;
            }
        }
        if (missing.isEmpty()) {
            return numbers;
        }
        Map<K, Long> found = resolve(missing);
        for (int i = 0; i < numbers.length; i++) {
            Long number = found.get(wanted.get(i));
            numbers[i] = number == null ? numbers[i] : number;
        }
        cache(found);
        return numbers;
    }

    private void cache(Map<K, Long> found) {
        long bytes = found.keySet().stream().mapToLong(this::bytes).sum();
        // Clearing everything is sufficient: refilling costs one statement per batch, and it happens rarely.
        if (cachedBytes.addAndGet(bytes) > maxCachedBytes) {
            cache.clear();
            cachedBytes.set(bytes);
        }
        cache.putAll(found);
    }

    /** Reads first, since after a cold start nearly all are stored: a read takes fewer round trips than a write. */
    private Map<K, Long> resolve(Collection<K> missing) {
        var digest = new Digest();
        // In the order of the digests: two writers of the same rows then wait for each other instead of deadlocking.
        var byDigest = new TreeMap<ByteBuffer, K>();
        missing.forEach(key -> byDigest.put(ByteBuffer.wrap(digest(digest, key)), key));
        var found = new HashMap<K, Long>();
        database.read(() -> find(byDigest, found));
        byDigest.values().removeAll(found.keySet());
        if (!byDigest.isEmpty()) {
            database.write(() -> {
                database.query(add, values(byDigest), row -> {});
                // A statement of its own: the insert skips a row that a concurrent writer has committed since the
                // statement began, and its snapshot does not contain it either.
                return find(byDigest, found);
            });
        }
        return found;
    }

    private boolean find(Map<ByteBuffer, K> byDigest, Map<K, Long> found) {
        database.query(find, Map.of("digests", digests(byDigest)), row -> {
            K key = byDigest.get(ByteBuffer.wrap(row.getBytes("digest")));
            if (key != null) {
                found.put(key, row.getLong("number"));
            }
        });
        return true;
    }

    private Map<String, Object> values(Map<ByteBuffer, K> byDigest) {
        var values = new HashMap<>(columns(byDigest.values()));
        values.put("digests", digests(byDigest));
        return values;
    }

    private static byte[][] digests(Map<ByteBuffer, ?> byDigest) {
        return byDigest.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new);
    }
}
