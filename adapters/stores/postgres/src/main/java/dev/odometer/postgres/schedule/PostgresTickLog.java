package dev.odometer.postgres.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Ticks in PostgreSQL. The lock on a schedule's row admits one tick at a time. It is held by a transaction that lasts
 * as long as the work, so that a crash releases it.
 */
public final class PostgresTickLog implements TickLog {

    private static final String ADD_SCHEDULE =
            "insert into schedule (name) values (:name) on conflict (name) do nothing";
    private static final String LOCK = """
            select coalesce(done_due >= :due, false) from schedule where name = :name for update skip locked
            """;
    private static final String DONE = "update schedule set done_due = :due, done_at = :now where name = :name";
    private static final String LAST = "select done_due from schedule where name = :name and done_due is not null";

    private final Database database;
    private final DataSource source;
    private final Clock clock;

    public PostgresTickLog(Database database, DataSource source, Clock clock) {
        this.database = database;
        this.source = source;
        this.clock = clock;
    }

    /**
     * A source of connections outside of the pool: the work must not run in the tick's transaction, and a pool of one
     * connection must be free for the work.
     */
    private static DataSource separateFrom(DataSource source) {
        if (!(source instanceof HikariDataSource pool) || pool.getJdbcUrl() == null) {
            return new DelegatingDataSource(source);
        }
        var single = new PGSimpleDataSource();
        single.setUrl(pool.getJdbcUrl());
        single.setUser(pool.getUsername());
        single.setPassword(pool.getPassword());
        single.setApplicationName("odometer-tick");
        single.setTcpKeepAlive(true);
        return single;
    }

    @Override
    public Result runOnce(Tick tick, BooleanSupplier work) {
        database.write(() ->
                database.sql().sql(ADD_SCHEDULE).param("name", tick.schedule()).update());
        // Created per tick, so that a start for other functions does not pay for it.
        var lock = new Database(separateFrom(source), clock);
        return lock.write(() -> locked(lock, tick)
                .map(isDone -> isDone ? Result.ALREADY_DONE : worked(lock, tick, work))
                .orElse(Result.IN_PROGRESS));
    }

    private static Optional<Boolean> locked(Database lock, Tick tick) {
        return lock.sql()
                .sql(LOCK)
                .param("name", tick.schedule())
                .param("due", Micros.of(tick.due()))
                .query(Boolean.class)
                .optional();
    }

    private Result worked(Database lock, Tick tick, BooleanSupplier work) {
        if (!work.getAsBoolean()) {
            return Result.NOT_DONE;
        }
        lock.sql()
                .sql(DONE)
                .param("name", tick.schedule())
                .param("due", Micros.of(tick.due()))
                .param("now", Micros.of(clock.instant()))
                .update();
        return Result.DONE;
    }

    @Override
    public Optional<Instant> lastDone(String schedule) {
        return database.read(() -> database.sql()
                .sql(LAST)
                .param("name", Database.text(schedule))
                .query(Long.class)
                .optional()
                .map(Micros::toInstant));
    }
}
