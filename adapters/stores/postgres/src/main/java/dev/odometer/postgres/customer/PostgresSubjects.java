package dev.odometer.postgres.customer;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.customer.Subject;
import dev.odometer.metering.customer.Subjects;
import dev.odometer.metering.resource.Lifecycle;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** Subjects in PostgreSQL, one row per key. */
public final class PostgresSubjects implements Subjects {

    private static final String INSERT = """
            insert into subject (id, key, display_name, metadata, stripe_customer_id, current_period_start,
                current_period_end, created_at, updated_at)
            values (:id, :key, :displayName, :metadata, :stripeCustomerId, :periodStart, :periodEnd, :createdAt,
                :updatedAt)
            on conflict (key)
            """;
    private static final String REPLACE = INSERT + """
                     do update set display_name = excluded.display_name, metadata = excluded.metadata,
                        stripe_customer_id = excluded.stripe_customer_id,
                        current_period_start = excluded.current_period_start,
                        current_period_end = excluded.current_period_end, updated_at = excluded.updated_at
                    """;
    private static final String ADD_MISSING = INSERT + " do nothing";

    /** Rows per fetch. Without it, the driver would load all rows into memory before the first one is looked at. */
    private static final int FETCH = 500;
    /** The metadata of 10,000 subjects may have 700 MB. */
    private static final long MAX_CHARACTERS = 20_000_000;

    private final Database database;

    public PostgresSubjects(Database database) {
        this.database = database;
    }

    @Override
    public List<Subject> list(int limit, long offset) {
        return database.read(() -> {
            var found = new ArrayList<Subject>();
            var characters = new AtomicLong();
            database.sql()
                    .sql("select * from subject order by key limit :limit offset :offset")
                    .withFetchSize(FETCH)
                    .param("limit", limit)
                    .param("offset", offset)
                    .query((ResultSet row) -> {
                        Subject subject = subject(row);
                        if (characters.addAndGet(characters(subject)) > MAX_CHARACTERS) {
                            throw Refusal.invalid(
                                    "the subjects have too much metadata for one answer; use page and a smaller pageSize");
                        }
                        found.add(subject);
                    });
            return found;
        });
    }

    private static long characters(Subject subject) {
        return subject.metadata() == null
                ? 0
                : subject.metadata().entrySet().stream()
                        .mapToLong(entry -> (long) entry.getKey().length()
                                + entry.getValue().length())
                        .sum();
    }

    @Override
    public Optional<Subject> find(String idOrKey) {
        return database.read(() -> database
                .sql()
                .sql("select * from subject where id = :key or key = :key order by key = :key desc")
                .param("key", Texts.key(idOrKey))
                .query((row, n) -> subject(row))
                .list()
                .stream()
                .findFirst());
    }

    @Override
    public List<Subject> find(Collection<String> keys) {
        return database.read(() -> find(database, keys));
    }

    private static List<Subject> find(Database database, Collection<String> keys) {
        return database.sql()
                .sql("select * from subject where key = any (:keys) order by key")
                .param("keys", Texts.keys(keys))
                .query((row, n) -> subject(row))
                .list();
    }

    public static Map<String, Subject> byKey(Database database, Collection<String> keys) {
        return find(database, keys).stream().collect(Collectors.toMap(Subject::key, subject -> subject));
    }

    @Override
    public void put(List<Subject> subjects) {
        write(REPLACE, subjects);
    }

    @Override
    public void addMissing(List<Subject> subjects) {
        write(ADD_MISSING, subjects);
    }

    /**
     * Writes in the order of the keys, so that of two concurrent writers one waits for the other and they do not
     * deadlock.
     */
    private void write(String sql, List<Subject> subjects) {
        database.write(() -> {
            subjects.stream()
                    .sorted(Comparator.comparing(Subject::key))
                    .forEach(subject -> database.sql()
                            .sql(sql)
                            .param("id", subject.id())
                            .param("key", subject.key())
                            .param("displayName", subject.displayName())
                            .param("metadata", subject.metadata() == null ? null : DataJson.write(subject.metadata()))
                            .param("stripeCustomerId", subject.stripeCustomerId())
                            .param("periodStart", Micros.ofNullable(subject.currentPeriodStart()))
                            .param("periodEnd", Micros.ofNullable(subject.currentPeriodEnd()))
                            .param("createdAt", Micros.of(subject.createdAt()))
                            .param("updatedAt", Micros.of(subject.updatedAt()))
                            .update());
            return true;
        });
    }

    @Override
    public boolean remove(String idOrKey) {
        return database.write(() -> find(idOrKey)
                .map(subject -> database.sql()
                                .sql("delete from subject where id = :id")
                                .param("id", subject.id())
                                .update()
                        == 1)
                .orElse(false));
    }

    private static Subject subject(ResultSet row) throws SQLException {
        String metadata = row.getString("metadata");
        return new Subject(
                row.getString("id"),
                row.getString("key"),
                row.getString("display_name"),
                metadata == null ? null : DataJson.texts(metadata),
                row.getString("stripe_customer_id"),
                Micros.toInstant(row, "current_period_start"),
                Micros.toInstant(row, "current_period_end"),
                new Lifecycle(
                        Micros.toInstant(row.getLong("created_at")),
                        Micros.toInstant(row.getLong("updated_at")),
                        null));
    }
}
