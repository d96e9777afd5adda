package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.Reading;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.NamedSql;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The entries that a transaction adds to the rollups. They are aggregated in memory and written as one row of arrays
 * per kind of merge, sorted by series so that queries can find a series by binary search (ADR 14).
 */
public final class Entries {

    private static final NamedSql ADD_ROLLUPS = new NamedSql("""
            insert into rollup_delta (kind, series, minute, count, amount, first_at, last_at, last_position, entries)
            values (:kind, :series, :minute, :count, :amount, :first_at, :last_at, :last_position, :entries) returning id
            """);
    private static final NamedSql ADD_DISTINCT = new NamedSql("""
            insert into distinct_delta (series, minute, value, entries)
            values (:series, :minute, :value, :entries) returning id
            """);

    private record Key(long series, long minute) implements Comparable<Key> {

        @Override
        public int compareTo(Key other) {
            int bySeries = Long.compare(series, other.series);
            return bySeries != 0 ? bySeries : Long.compare(minute, other.minute);
        }
    }

    private record DistinctKey(Key key, ByteBuffer value) implements Comparable<DistinctKey> {

        @Override
        public int compareTo(DistinctKey other) {
            int byKey = key.compareTo(other.key);
            return byKey != 0 ? byKey : value.compareTo(other.value);
        }
    }

    private final Digest digest = new Digest();
    private final Map<Merge, Map<Key, Accumulator>> accumulators = new EnumMap<>(Merge.class);
    private final Set<DistinctKey> distinct = new TreeSet<>();
    private int size;

    public void add(Meter meter, long series, Reading reading, Moment at) {
        var key = new Key(series, at.minute());
        accumulators
                .computeIfAbsent(Merge.of(meter.aggregation()), kind -> new TreeMap<>())
                .computeIfAbsent(key, k -> newEntry(meter))
                .add(reading, at);
        if (reading instanceof Reading.Distinct text
                && distinct.add(new DistinctKey(key, ByteBuffer.wrap(digest.of(text.text()))))) {
            size++;
        }
    }

    /** Adds what was aggregated elsewhere for a series and minute. */
    public void add(Meter meter, long series, long minute, Accumulator.Total total) {
        accumulators
                .computeIfAbsent(Merge.of(meter.aggregation()), kind -> new TreeMap<>())
                .computeIfAbsent(new Key(series, minute), k -> newEntry(meter))
                .add(total);
    }

    /** Adds the digest of a text that a meter of unique counts has read in a minute. */
    public void add(long series, long minute, byte[] text) {
        if (distinct.add(new DistinctKey(new Key(series, minute), ByteBuffer.wrap(text)))) {
            size++;
        }
    }

    private Accumulator newEntry(Meter meter) {
        size++;
        return new Accumulator(meter.aggregation());
    }

    /** The number of entries to write. */
    public int size() {
        return size;
    }

    /** Writes all entries in the current transaction, and returns the ids of the delta rows. */
    public List<Long> write(Database database) {
        var ids = new ArrayList<Long>();
        accumulators.forEach((kind, byKey) -> {
            var values = new HashMap<>(keys(byKey.keySet()));
            values.put("kind", kind.name());
            values.putAll(Accumulator.columns(byKey.values()));
            if (kind != Merge.LATEST) {
                // An empty array is unnested as nulls.
                values.put("last_position", new long[0]);
            }
            database.query(ADD_ROLLUPS, values, row -> ids.add(row.getLong("id")));
        });
        if (!distinct.isEmpty()) {
            var values =
                    new HashMap<>(keys(distinct.stream().map(DistinctKey::key).toList()));
            values.put(
                    "value", distinct.stream().map(one -> one.value().array()).toArray(byte[][]::new));
            database.query(ADD_DISTINCT, values, row -> ids.add(row.getLong("id")));
        }
        return ids;
    }

    private static Map<String, Object> keys(Collection<Key> keys) {
        return Map.of(
                "series", keys.stream().mapToLong(Key::series).toArray(),
                "minute", keys.stream().mapToLong(Key::minute).toArray(),
                "entries", keys.size());
    }
}
