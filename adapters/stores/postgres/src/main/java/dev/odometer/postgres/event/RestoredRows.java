package dev.odometer.postgres.event;

import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.NamedSql;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Writes events that were stored before back into the event table, with their positions and times. They are first collected in
 * a temporary table, since appends insert in the order of the keys: two writers of the same keys could deadlock otherwise.
 */
public final class RestoredRows {

    /** The temporary table, with the columns of the event table. */
    public static final String TABLE = "restored_event";

    private static final String CREATE =
            "create temporary table " + TABLE + " (like usage_event including storage) on commit drop";
    private static final NamedSql COLLECT = new NamedSql("insert into " + TABLE + """
             (key, position, happened_at, recorded_at, attributes, id, subject, data)
            select * from unnest(:key, :position, :happened_at, :recorded_at, :attributes, :id, :subject, :data)
            """);
    private static final String INSERT = """
            insert into usage_event (key, position, happened_at, recorded_at, attributes, id, subject, data)
            select key, position, happened_at, recorded_at, attributes, id, subject, data from\s""" + TABLE + " order by key";

    private final Database database;
    private final EventAttributes.Numbers numbers;
    private final Digest digest = new Digest();

    public RestoredRows(Database database) {
        this.database = database;
        numbers = new EventAttributes.Numbers(database);
    }

    /** The numbers of the events' shared attributes. Must not be called inside a transaction. */
    public long[] attributes(List<StoredEvent> events) {
        return numbers.ofEvents(events.stream().map(StoredEvent::event).toList());
    }

    /** Creates the temporary table, for the current transaction. */
    public void begin() {
        database.sql().sql(CREATE).update();
    }

    /** Collects events. */
    public void add(List<StoredEvent> events, long[] attributes) {
        var values = new HashMap<String, Object>();
        values.put(
                "key",
                events.stream().map(one -> EventRows.key(digest, one.event())).toArray(byte[][]::new));
        values.put("position", column(events, StoredEvent::position));
        values.put("happened_at", column(events, StoredEvent::happenedAt));
        values.put("recorded_at", column(events, StoredEvent::recordedAt));
        values.put("attributes", attributes);
        values.put("id", texts(events, UsageEvent::id));
        values.put("subject", texts(events, UsageEvent::subject));
        values.put("data", texts(events, event -> event.data() == null ? null : DataJson.write(event.data())));
        database.query(COLLECT, Map.copyOf(values), row -> {});
    }

    /** Inserts the collected events, and returns their number. */
    public int insert() {
        database.sql().sql("analyze " + TABLE).update();
        return database.sql().sql(INSERT).update();
    }

    private static long[] column(List<StoredEvent> events, ToLongFunction<StoredEvent> column) {
        return events.stream().mapToLong(column).toArray();
    }

    private static @Nullable String[] texts(List<StoredEvent> events, Function<UsageEvent, @Nullable String> column) {
        return events.stream().map(StoredEvent::event).map(column).toArray(String[]::new);
    }
}
