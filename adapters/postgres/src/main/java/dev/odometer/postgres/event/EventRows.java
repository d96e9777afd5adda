package dev.odometer.postgres.event;

import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.usage.UsageEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * A batch as rows of the event table, inserted in the order of their keys: two writers that share events then lock them in
 * the same order, so that one waits for the other and neither is the victim of a deadlock.
 *
 * @param keys by the place in the batch
 * @param places in the order of the keys
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record EventRows(List<UsageEvent> batch, byte[][] keys, int[] places) {

    private static final String INSERT = """
            insert into usage_event (key, position, source, id, type, subject, happened_at, recorded_at,
                datacontenttype, dataschema, data)
            select e.key, e.position, e.source, e.id, e.type, e.subject, e.happened_at, ?,
                e.datacontenttype, e.dataschema, e.data
            from unnest(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) as e
                (key, position, source, id, type, subject, happened_at, datacontenttype, dataschema, data)
            on conflict (key) do nothing
            returning position
            """;

    public static EventRows of(List<UsageEvent> batch) {
        var digest = new Digest();
        byte[][] keys = new byte[batch.size()][];
        var places = new Integer[batch.size()];
        for (int place = 0; place < keys.length; place++) {
            keys[place] = digest.of(batch.get(place).source(), batch.get(place).id());
            places[place] = place;
        }
        // Stable, so that of equal keys the first stays first and wins.
        Arrays.sort(places, (a, b) -> Arrays.compareUnsigned(keys[a], keys[b]));
        return new EventRows(
                batch, keys, Arrays.stream(places).mapToInt(Integer::intValue).toArray());
    }

    public long happenedAt(int place) {
        return Micros.of(batch.get(place).happenedAt());
    }

    /** Inserts the events, with positions from {@code first} on; the places of those that were new. */
    public BitSet insert(Connection connection, PGConnection arrays, long first, Instant now) throws SQLException {
        var isNew = new BitSet();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, Micros.of(now));
            bind(insert, arrays, first);
            try (ResultSet inserted = insert.executeQuery()) {
                while (inserted.next()) {
                    isNew.set((int) (inserted.getLong(1) - first));
                }
            }
        }
        return isNew;
    }

    private void bind(PreparedStatement insert, PGConnection arrays, long first) throws SQLException {
        byte[][] sorted = new byte[places.length][];
        long[][] numbers = new long[2][places.length];
        String[][] texts = new String[7][places.length];
        for (int i = 0; i < places.length; i++) {
            UsageEvent event = batch.get(places[i]);
            sorted[i] = keys[places[i]];
            numbers[0][i] = first + places[i];
            numbers[1][i] = happenedAt(places[i]);
            texts[0][i] = event.source();
            texts[1][i] = event.id();
            texts[2][i] = event.type();
            texts[3][i] = event.subject();
            texts[4][i] = event.datacontenttype();
            texts[5][i] = event.dataschema();
            texts[6][i] = event.data() == null ? null : DataJson.write(event.data());
        }
        insert.setArray(2, arrays.createArrayOf("bytea", sorted));
        insert.setArray(3, arrays.createArrayOf("int8", numbers[0]));
        insert.setArray(4, arrays.createArrayOf("text", texts[0]));
        insert.setArray(5, arrays.createArrayOf("text", texts[1]));
        insert.setArray(6, arrays.createArrayOf("text", texts[2]));
        insert.setArray(7, arrays.createArrayOf("text", texts[3]));
        insert.setArray(8, arrays.createArrayOf("int8", numbers[1]));
        insert.setArray(9, arrays.createArrayOf("text", texts[4]));
        insert.setArray(10, arrays.createArrayOf("text", texts[5]));
        insert.setArray(11, arrays.createArrayOf("text", texts[6]));
    }
}
