package dev.odometer.postgres.event;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.NamedSql;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;

/**
 * A batch as rows of the event table. They are inserted in the order of their keys: two writers with the same events
 * then lock them in the same order, so that one waits for the other and they do not deadlock.
 *
 * @param keys by the index in the batch
 * @param attributes the numbers of the events' shared attributes, by the index in the batch
 * @param places the indexes in the batch, in the order of the keys
 */
@SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
public record EventRows(List<UsageEvent> batch, byte[][] keys, long[] attributes, int[] places) {

    /** With the byte of its length, an entry of the index has 16 bytes; a longer key would be aligned to 24. */
    public static final int KEY_BYTES = 15;

    private static final String ROWS = """
            insert into usage_event (key, position, happened_at, recorded_at, attributes, id, subject, data)
            select e.key, e.position, e.happened_at, :now, e.attributes, e.id, e.subject, e.data
            from unnest(:key, :position, :happened_at, :attributes, :id, :subject, :data)
                as e (key, position, happened_at, attributes, id, subject, data)
            """;
    private static final NamedSql INSERT_UNCHECKED = new NamedSql(ROWS);
    private static final NamedSql INSERT_CHECKED =
            new NamedSql(ROWS + " on conflict (key) do nothing returning position");

    /** A stored event has the key of an event of the batch. */
    @SuppressWarnings("serial")
    public static final class KeyTaken extends RuntimeException {

        KeyTaken(DuplicateKeyException taken) {
            super(taken);
        }
    }

    /** The key of the event, of {@link #KEY_BYTES}. */
    public static byte[] key(Digest digest, UsageEvent event) {
        return Arrays.copyOf(digest.of(event.source(), event.id()), KEY_BYTES);
    }

    /** Creates the rows of batches. Must not be called inside a transaction. */
    public static Function<List<UsageEvent>, EventRows> in(Database database) {
        var attributes = new EventAttributes.Numbers(database);
        return batch -> of(batch, attributes.ofEvents(batch));
    }

    private static EventRows of(List<UsageEvent> batch, long[] attributes) {
        var digest = new Digest();
        byte[][] keys = new byte[batch.size()][];
        var places = new Integer[batch.size()];
        for (int place = 0; place < keys.length; place++) {
            keys[place] = key(digest, batch.get(place));
            places[place] = place;
        }
        // The sort is stable, so that of equal keys the first event of the batch is inserted.
        Arrays.sort(places, (a, b) -> Arrays.compareUnsigned(keys[a], keys[b]));
        return new EventRows(
                batch,
                keys,
                attributes,
                Arrays.stream(places).mapToInt(Integer::intValue).toArray());
    }

    public long happenedAt(int place) {
        return Micros.of(batch.get(place).happenedAt());
    }

    /** Whether two events of the batch have the same key. */
    public boolean hasRepeats() {
        return IntStream.range(1, places.length).anyMatch(i -> Arrays.equals(keys[places[i - 1]], keys[places[i]]));
    }

    /**
     * Inserts the events with the positions from {@code first} on, all of which must be new. Without the check of
     * {@link #insertChecked}, it takes two thirds of the time. It waits for a concurrent writer of the same key.
     *
     * @throws KeyTaken when one is stored already, after which the transaction must be rolled back
     */
    public BitSet insertUnchecked(Database database, long first, Instant now) {
        try {
            database.query(INSERT_UNCHECKED, values(first, now), row -> {});
        } catch (DuplicateKeyException taken) {
            throw new KeyTaken(taken);
        }
        var isNew = new BitSet();
        isNew.set(0, batch.size());
        return isNew;
    }

    /**
     * Inserts the events with the positions from {@code first} on, and returns the indexes in the batch of those that
     * were new. {@code on conflict do nothing} makes a duplicate harmless, and also waits for a concurrent writer of
     * the same key.
     */
    public BitSet insertChecked(Database database, long first, Instant now) {
        var isNew = new BitSet();
        database.query(INSERT_CHECKED, values(first, now), row -> isNew.set((int) (row.getLong("position") - first)));
        return isNew;
    }

    private Map<String, Object> values(long first, Instant now) {
        var values = new HashMap<String, Object>();
        values.put("now", Micros.of(now));
        values.put("key", Arrays.stream(places).mapToObj(place -> keys[place]).toArray(byte[][]::new));
        values.put(
                "position",
                Arrays.stream(places).mapToLong(place -> first + place).toArray());
        values.put(
                "happened_at", Arrays.stream(places).mapToLong(this::happenedAt).toArray());
        values.put(
                "attributes",
                Arrays.stream(places).mapToLong(place -> attributes[place]).toArray());
        values.put("id", texts(UsageEvent::id));
        values.put("subject", texts(UsageEvent::subject));
        values.put("data", texts(event -> event.data() == null ? null : DataJson.write(event.data())));
        return values;
    }

    private @Nullable String[] texts(Function<UsageEvent, @Nullable String> column) {
        return Arrays.stream(places).mapToObj(batch::get).map(column).toArray(String[]::new);
    }
}
