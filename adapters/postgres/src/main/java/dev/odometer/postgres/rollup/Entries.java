package dev.odometer.postgres.rollup;

import dev.odometer.meter.Aggregation;
import dev.odometer.meter.Meter;
import dev.odometer.meter.Reading;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * What a transaction adds to the rollups, added up before the database sees it and written as one row a kind, in the order
 * of the series, so that one can be found in it.
 */
public final class Entries {

    private static final String ADD_ROLLUPS = """
            insert into rollup_delta (kind, series, minute, count, amount, first_at, last_at, last_position, entries)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
            """;
    private static final String ADD_DISTINCT =
            "insert into distinct_delta (series, minute, value, entries) values (?, ?, ?, ?) returning id";

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
    private final Map<Merge, Map<Key, Tally>> tallies = new EnumMap<>(Merge.class);
    private final Set<DistinctKey> distinct = new TreeSet<>();

    public void add(Meter meter, long series, Reading reading, Moment at) {
        Merge merge = Merge.of(meter.aggregation());
        var key = new Key(series, Micros.minute(at.micros()));
        tallies.computeIfAbsent(merge, kind -> new TreeMap<>())
                .computeIfAbsent(key, k -> new Tally(merge))
                .add(amount(meter, reading), at.micros(), at.position());
        if (reading instanceof Reading.Distinct text) {
            distinct.add(new DistinctKey(key, ByteBuffer.wrap(digest.of(text.text()))));
        }
    }

    public static @Nullable BigDecimal amount(Meter meter, Reading reading) {
        // A count is kept once, as the count.
        return reading instanceof Reading.Amount amount && meter.aggregation() != Aggregation.COUNT
                ? amount.value()
                : null;
    }

    /** How many entries there are to write. */
    public int size() {
        return tallies.values().stream().mapToInt(Map::size).sum() + distinct.size();
    }

    /** Writes all of it; the numbers of the rows written. */
    public List<Long> write(Connection connection, PGConnection arrays) throws SQLException {
        var ids = new ArrayList<Long>();
        for (Map.Entry<Merge, Map<Key, Tally>> kind : tallies.entrySet()) {
            try (PreparedStatement insert = connection.prepareStatement(ADD_ROLLUPS)) {
                insert.setString(1, kind.getKey().name());
                bind(insert, arrays, kind.getValue());
                ids.add(id(insert));
            }
        }
        if (!distinct.isEmpty()) {
            try (PreparedStatement insert = connection.prepareStatement(ADD_DISTINCT)) {
                insert.setArray(
                        1,
                        arrays.createArrayOf(
                                "int8",
                                distinct.stream()
                                        .mapToLong(one -> one.key().series())
                                        .toArray()));
                insert.setArray(
                        2,
                        arrays.createArrayOf(
                                "int8",
                                distinct.stream()
                                        .mapToLong(one -> one.key().minute())
                                        .toArray()));
                byte[][] values =
                        distinct.stream().map(one -> one.value().array()).toArray(byte[][]::new);
                insert.setArray(3, arrays.createArrayOf("bytea", values));
                insert.setInt(4, values.length);
                ids.add(id(insert));
            }
        }
        return ids;
    }

    private static void bind(PreparedStatement insert, PGConnection arrays, Map<Key, Tally> entries)
            throws SQLException {
        int n = entries.size();
        long[][] columns = new long[6][n];
        var amounts = new @Nullable BigDecimal[n];
        int i = 0;
        for (Map.Entry<Key, Tally> entry : entries.entrySet()) {
            Tally tally = entry.getValue();
            long[] row = {
                entry.getKey().series(),
                entry.getKey().minute(),
                tally.count,
                tally.firstAt,
                tally.lastAt,
                tally.lastPosition
            };
            for (int column = 0; column < row.length; column++) {
                columns[column][i] = row[column];
            }
            amounts[i++] = tally.amount;
        }
        insert.setArray(2, arrays.createArrayOf("int8", columns[0]));
        insert.setArray(3, arrays.createArrayOf("int8", columns[1]));
        insert.setArray(4, arrays.createArrayOf("int8", columns[2]));
        insert.setArray(5, arrays.createArrayOf("numeric", amounts));
        insert.setArray(6, arrays.createArrayOf("int8", columns[3]));
        insert.setArray(7, arrays.createArrayOf("int8", columns[4]));
        insert.setArray(8, arrays.createArrayOf("int8", columns[5]));
        insert.setInt(9, n);
    }

    private static long id(PreparedStatement insert) throws SQLException {
        try (ResultSet row = insert.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }
}
