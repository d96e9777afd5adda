package dev.odometer.postgres.delta;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.NamedSql;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;

/** The table of the partitions from which deltas were applied. */
public final class DeltaSources {

    private static final NamedSql ADD = new NamedSql("""
            insert into delta_source (topic_id, partition, next_offset)
            select p.*, 0 from unnest(:topics, :partitions) as p on conflict do nothing
            """);
    // In the order of the keys, so that two writers with the same partitions do not deadlock.
    private static final NamedSql LOCK = new NamedSql("""
            select s.topic_id, s.partition, s.next_offset
            from unnest(:topics, :partitions) as p (topic_id, partition) join delta_source s using (topic_id, partition)
            order by s.topic_id, s.partition for update of s
            """);
    private static final NamedSql ADVANCE = new NamedSql("""
            update delta_source s
            set next_offset = greatest(s.next_offset, p.next_offset),
                first_at = least(s.first_at, :first::bigint), last_at = greatest(s.last_at, :last::bigint)
            from unnest(:topics, :partitions, :offsets) as p (topic_id, partition, next_offset)
            where s.topic_id = p.topic_id and s.partition = p.partition
            """);
    private static final String OVERLAP =
            "select min(first_at) as first, max(last_at) as last from delta_source where first_at < :to and last_at >= :from";

    private DeltaSources() {}

    /** The offset of the first record of a partition that is not applied yet; absent if none was ever applied. */
    public static OptionalLong position(Database database, DeltaPartition partition) {
        return database.read(() -> database
                .sql()
                .sql("select next_offset from delta_source where topic_id = :topic and partition = :partition")
                .param("topic", partition.topicId())
                .param("partition", partition.partition())
                .query(Long.class)
                .stream()
                .mapToLong(Long::longValue)
                .findFirst());
    }

    /** Locks the rows of the partitions until the end of the transaction, and returns their next offsets. */
    public static Map<DeltaPartition, Long> lock(Database database, SortedSet<DeltaPartition> partitions) {
        Map<String, Object> keys = keys(partitions);
        var positions = new HashMap<DeltaPartition, Long>();
        database.query(
                LOCK, keys, row -> positions.put(new DeltaPartition(row.getString(1), row.getInt(2)), row.getLong(3)));
        if (positions.size() < partitions.size()) {
            database.query(ADD, keys, row -> {});
            return lock(database, partitions);
        }
        return positions;
    }

    /**
     * Records the progress of locked partitions.
     *
     * @param firstAt the time of the first event in the applied deltas, in microseconds
     * @param lastAt the time of the last one
     */
    public static void advance(Database database, SortedMap<DeltaPartition, Long> next, long firstAt, long lastAt) {
        var values = new HashMap<>(keys(next.keySet()));
        values.put("offsets", next.values().stream().mapToLong(Long::longValue).toArray());
        values.put("first", firstAt);
        values.put("last", lastAt);
        database.query(ADVANCE, values, row -> {});
    }

    private static Map<String, Object> keys(Collection<DeltaPartition> partitions) {
        return Map.of(
                "topics", partitions.stream().map(DeltaPartition::topicId).toArray(String[]::new),
                "partitions",
                        partitions.stream().mapToInt(DeltaPartition::partition).toArray());
    }

    /** Whether deltas were ever applied. */
    public static boolean exist(Database database) {
        return database.sql()
                .sql("select exists (select from delta_source where first_at is not null)")
                .query(Boolean.class)
                .single();
    }

    /**
     * Refuses to read events in a range of which some may be missing, because an engine has counted them.
     *
     * @param from in microseconds, inclusive
     * @param to exclusive
     * @param remedy what the client can do
     * @throws Refusal CONFLICT
     */
    public static void requireEvents(Database database, long from, long to, String remedy) {
        database.sql().sql(OVERLAP).param("from", from).param("to", to).query(row -> {
            long first = row.getLong("first");
            if (!row.wasNull()) {
                throw Refusal.conflict("the database does not have the events between " + Micros.toInstant(first)
                        + " and " + Micros.toInstant(row.getLong("last")) + ", because Kafka Streams has counted them; "
                        + remedy);
            }
        });
    }
}
