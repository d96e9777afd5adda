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
 * What a transaction adds to the rollups, added up before the database sees it and written as one row a kind, in the order
 * of the series, so that one can be found in it by halves (ADR 14).
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
    private final Map<Merge, Map<Key, Accumulator>> tallies = new EnumMap<>(Merge.class);
    private final Set<DistinctKey> distinct = new TreeSet<>();

    public void add(Meter meter, long series, Reading reading, Moment at) {
        var key = new Key(series, at.minute());
        tallies.computeIfAbsent(Merge.of(meter.aggregation()), kind -> new TreeMap<>())
                .computeIfAbsent(key, k -> new Accumulator(meter.aggregation()))
                .add(reading, at);
        if (reading instanceof Reading.Distinct text) {
            distinct.add(new DistinctKey(key, ByteBuffer.wrap(digest.of(text.text()))));
        }
    }

    /** How many entries there are to write. */
    public int size() {
        return tallies.values().stream().mapToInt(Map::size).sum() + distinct.size();
    }

    /** Writes all of it in the current transaction; the numbers of the rows written. */
    public List<Long> write(Database database) {
        var ids = new ArrayList<Long>();
        tallies.forEach((kind, byKey) -> {
            var values = new HashMap<>(keys(byKey.keySet()));
            values.put("kind", kind.name());
            values.putAll(Accumulator.columns(byKey.values()));
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
