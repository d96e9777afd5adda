package dev.odometer.postgres.rollup;

import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import java.nio.ByteBuffer;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.postgresql.PGConnection;

/**
 * The numbers of series. A number once committed never changes, so a process remembers those it has seen; they are
 * committed before they are used, since a number from a transaction that is rolled back later would be nobody's.
 */
public final class SeriesNumbers {

    private static final int REMEMBERED = 200_000;
    private static final String ADD = """
            insert into series (rollup, digest, subject, groups)
            select * from unnest(?, ?, ?, ?) on conflict (digest) do nothing
            """;
    private static final String FIND = "select digest, id from series where digest = any (?)";

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

    private Map<Series, Long> resolve(Collection<Series> unknown) {
        var digest = new Digest();
        Map<ByteBuffer, Series> byDigest = new java.util.TreeMap<>();
        for (Series series : unknown) {
            String groups = DataJson.write(series.groups());
            byDigest.put(ByteBuffer.wrap(digest.of(String.valueOf(series.rollup()), series.subject(), groups)), series);
        }
        return database.write(() -> database.onConnection((connection, arrays) -> {
            try (PreparedStatement add = connection.prepareStatement(ADD);
                    PreparedStatement find = connection.prepareStatement(FIND)) {
                add(add, arrays, byDigest);
                find.setArray(1, arrays.createArrayOf("bytea", digests(byDigest)));
                return found(find, byDigest);
            }
        }));
    }

    private static byte[][] digests(Map<ByteBuffer, Series> byDigest) {
        return byDigest.keySet().stream().map(ByteBuffer::array).toArray(byte[][]::new);
    }

    /** In the order of the digests, so that two writers with the same series wait for each other instead of dying. */
    private static void add(PreparedStatement add, PGConnection arrays, Map<ByteBuffer, Series> byDigest)
            throws SQLException {
        Collection<Series> series = byDigest.values();
        add.setArray(
                1,
                arrays.createArrayOf(
                        "int8", series.stream().mapToLong(Series::rollup).toArray()));
        add.setArray(2, arrays.createArrayOf("bytea", digests(byDigest)));
        add.setArray(
                3,
                arrays.createArrayOf(
                        "text", series.stream().map(Series::subject).toArray(String[]::new)));
        add.setArray(
                4,
                arrays.createArrayOf(
                        "text",
                        series.stream().map(s -> DataJson.write(s.groups())).toArray(String[]::new)));
        add.executeUpdate();
    }

    private static Map<Series, Long> found(PreparedStatement find, Map<ByteBuffer, Series> byDigest)
            throws SQLException {
        var found = new HashMap<Series, Long>();
        try (ResultSet rows = find.executeQuery()) {
            while (rows.next()) {
                Series series = byDigest.get(ByteBuffer.wrap(rows.getBytes(1)));
                if (series != null) {
                    found.put(series, rows.getLong(2));
                }
            }
        }
        return found;
    }
}
