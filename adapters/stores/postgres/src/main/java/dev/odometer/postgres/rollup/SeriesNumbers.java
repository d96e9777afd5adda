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

/**
 * The numbers of series. A number once committed never changes, so a process remembers those it has seen; they are
 * committed before they are used, since the number of a transaction that is rolled back may never exist.
 */
public final class SeriesNumbers {

    private static final int REMEMBERED = 200_000;
    private static final NamedSql ADD = new NamedSql("""
            insert into series (rollup, digest, subject, groups)
            select * from unnest(:rollups, :digests, :subjects, :groups) on conflict (digest) do nothing
            """);
    private static final NamedSql FIND = new NamedSql("select digest, id from series where digest = any (:digests)");

    private final Database database;
    private final Map<Series, Long> known = new ConcurrentHashMap<>();

    public SeriesNumbers(Database database) {
        this.database = database;
    }

    /** The number of each, in order; new ones are given out. Not inside a transaction. */
    public long[] of(List<Series> wanted) {
        var numbers = new long[wanted.size()];
        var unknown = new LinkedHashSet<Series>();
        for (int i = 0; i < numbers.length; i++) {
            Long number = known.get(wanted.get(i));
            if (number == null) {
                unknown.add(wanted.get(i));
            } else {
                numbers[i] = number;
            }
        }
        if (unknown.isEmpty()) {
            return numbers;
        }
        Map<Series, Long> found = resolve(unknown);
        for (int i = 0; i < numbers.length; i++) {
            Long number = found.get(wanted.get(i));
            numbers[i] = number == null ? numbers[i] : number;
        }
        if (known.size() > REMEMBERED) {
            known.clear();
        }
        known.putAll(found);
        return numbers;
    }

    /** In the order of the digests, so that two writers with the same series wait for each other and do not deadlock. */
    private Map<Series, Long> resolve(Collection<Series> unknown) {
        var digest = new Digest();
        var byDigest = new TreeMap<ByteBuffer, Series>();
        for (Series series : unknown) {
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
            // A statement of its own: the insert does not see what another writer has committed since it began.
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
