package dev.odometer.postgres.deadletter;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters in PostgreSQL. The unique key, a digest of the identity, deduplicates redeliveries. */
public final class PostgresDeadLetterStore implements DeadLetterStore {

    private static final String PARK = """
            insert into parked_item (key, channel, origin, id, reason, content_type, attributes, body, parked_at)
            values (:key, :channel, :origin, :id, :reason, :contentType, :attributes, :body, :parkedAt)
            on conflict (key) do nothing
            """;
    private static final String PAGE = """
            select * from parked_item where channel = :channel and position > :after order by position limit :limit
            """;

    /** Selects by position, which is indexed; its order is the order of storing, as far as clocks agree. */
    private static final String REMOVE_OLD = """
            delete from parked_item
            where position in (select position from parked_item order by position limit :limit) and parked_at < :before
            """;

    private static final String LATEST = """
            select position, channel, origin, id, reason, content_type, attributes, parked_at,
                substring(body for %d) as body, length(body) as body_size
            from parked_item%s order by position desc limit :limit
            """;

    private final Database database;

    public PostgresDeadLetterStore(Database database) {
        this.database = database;
    }

    @Override
    public void store(List<DeadLetter> items) {
        database.write(() -> {
            items.forEach(this::insert);
            return true;
        });
    }

    private void insert(DeadLetter item) {
        database.sql()
                .sql(PARK)
                .param("key", new Digest().of(item.channel(), item.origin(), item.id(), item.contentDigest()))
                .param("channel", item.channel())
                .param("origin", Texts.storable(item.origin()))
                .param("id", Texts.storable(item.id()))
                .param("reason", Texts.storable(item.reason()))
                .param("contentType", item.contentType() == null ? null : Texts.storable(item.contentType()))
                .param("attributes", DataJson.write(item.attributes()))
                .param("body", item.body())
                .param("parkedAt", Micros.of(item.storedAt()))
                .update();
    }

    @Override
    public List<Stored> list(String channel, long after, int limit) {
        return database.read(() -> database.sql()
                .sql(PAGE)
                .param("channel", Texts.key(channel))
                .param("after", after)
                .param("limit", limit)
                .query((row, n) -> new Stored(row.getLong("position"), item(row)))
                .list());
    }

    @Override
    public List<Excerpt> latest(Search search) {
        Conditions conditions = conditions(search);
        return database.read(() -> database.sql()
                .sql(LATEST.formatted(MAX_EXCERPT, conditions.where()))
                .params(conditions.parameters())
                .param("limit", search.limit())
                .query((row, n) -> new Excerpt(row.getLong("position"), item(row), row.getInt("body_size")))
                .list());
    }

    private static Conditions conditions(Search search) {
        var conditions = new Conditions();
        add(conditions, "channel = %s", search.channel());
        add(conditions, "origin = %s", search.origin());
        add(conditions, "strpos(reason, %s) > 0", search.reason());
        add(conditions, "parked_at >= %s", Micros.ofNullable(search.from()));
        add(conditions, "parked_at < %s", Micros.ofNullable(search.to()));
        add(conditions, "position < %s", search.before());
        return conditions;
    }

    private static void add(Conditions conditions, String condition, @Nullable Object value) {
        if (value != null) {
            conditions.add(condition.formatted(conditions.parameter(value)));
        }
    }

    private static DeadLetter item(ResultSet row) throws SQLException {
        return new DeadLetter(
                row.getString("channel"),
                row.getString("origin"),
                row.getString("id"),
                row.getString("reason"),
                row.getString("content_type"),
                DataJson.texts(row.getString("attributes")),
                row.getBytes("body"),
                Micros.toInstant(row.getLong("parked_at")));
    }

    @Override
    public void remove(Collection<Long> positions) {
        database.write(() -> database.sql()
                .sql("delete from parked_item where position = any (:positions)")
                .param("positions", positions.toArray(Long[]::new))
                .update());
    }

    @Override
    public int removeOlderThan(Instant before, int limit) {
        return database.removeOlderThan(REMOVE_OLD, before, limit);
    }
}
