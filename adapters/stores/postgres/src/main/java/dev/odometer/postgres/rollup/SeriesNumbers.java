package dev.odometer.postgres.rollup;

import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.NamedSql;
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
 * Assigns numbers to series and caches them. A committed number never changes, so the cache needs no invalidation.
 * Numbers are committed before they are used: if they were assigned in a transaction that is rolled back, the cache
 * would hold numbers that do not exist.
 */
public final class SeriesNumbers {

    /** The part of the heap for the cache: a series has up to 32 values of any length. */
    private static final int HEAP_FRACTION = 8;

    private static final NamedSql ADD = new NamedSql("""
            insert into series (rollup, digest, subject, groups)
            select * from unnest(:rollups, :digests, :subjects, :groups) on conflict (digest) do nothing
            """);
    private static final NamedSql FIND = new NamedSql("select digest, id from series where digest = any (:digests)");

    private final Database database;
    private final long maxCachedBytes;
    private final Map<Series, Long> cache = new ConcurrentHashMap<>();
    private final AtomicLong cachedBytes = new AtomicLong();

    public SeriesNumbers(Database database) {
        this(database, Runtime.getRuntime().maxMemory() / HEAP_FRACTION);
    }

    SeriesNumbers(Database database, long maxCachedBytes) {
        this.database = database;
        this.maxCachedBytes = maxCachedBytes;
    }

    /** The number of each series, in order; new series are stored. Must not be called inside a transaction. */
    public long[] of(List<Series> wanted) {
        var numbers = new long[wanted.size()];
        var missing = new LinkedHashSet<Series>();
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
        Map<Series, Long> found = resolve(missing);
        for (int i = 0; i < numbers.length; i++) {
            Long number = found.get(wanted.get(i));
            numbers[i] = number == null ? numbers[i] : number;
        }
        cache(found);
        return numbers;
    }

    private void cache(Map<Series, Long> found) {
        long bytes = found.keySet().stream().mapToLong(Series::bytes).sum();
        // Clearing everything is sufficient: refilling costs one statement per batch, and it happens rarely.
        if (cachedBytes.addAndGet(bytes) > maxCachedBytes) {
            cache.clear();
            cachedBytes.set(bytes);
        }
        cache.putAll(found);
    }

    /**
     * Inserts in the order of the digests: two writers with the same series then wait for each other instead of
     * deadlocking.
     */
    private Map<Series, Long> resolve(Collection<Series> missing) {
        var digest = new Digest();
        var byDigest = new TreeMap<ByteBuffer, Series>();
        for (Series series : missing) {
            String groups = DataJson.write(series.groups());
            byDigest.put(ByteBuffer.wrap(digest.of(String.valueOf(series.rollup()), series.subject(), groups)), series);
        }
        Collection<Series> all = byDigest.values();
        Map<String, Object> values = Map.of(
                "rollups", all.stream().mapToLong(Series::rollup).toArray(),
                "digests", byDigest.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new),
                "subjects", all.stream().map(Series::subject).toArray(String[]::new),
                "groups", all.stream().map(one -> DataJson.write(one.groups())).toArray(String[]::new));
        return database.write(() -> {
            var found = new HashMap<Series, Long>();
            database.query(ADD, values, row -> {});
            // A statement of its own: the insert skips a series that a concurrent writer has committed since the
            // statement began, and its snapshot does not contain it either.
            database.query(FIND, values, row -> {
                Series series = byDigest.get(ByteBuffer.wrap(row.getBytes("digest")));
                if (series != null) {
                    found.put(series, row.getLong("id"));
                }
            });
            return found;
        });
    }
}
