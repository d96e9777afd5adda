package dev.odometer.postgres.schedule;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import dev.odometer.postgres.jdbc.Timeouts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Ticks in PostgreSQL. The lock on a schedule's row admits one tick at a time. It is held by a transaction that lasts
 * as long as the work, so that a crash releases it. The clock is the server's, because the clocks of the nodes differ.
 */
public final class PostgresTickLog implements TickLog {

    private static final String ADD_SCHEDULE =
            "insert into schedule (name) values (:name) on conflict (name) do nothing";
    // In microseconds. The clock of the statement, not of the transaction, which lasts as long as the work.
    private static final String LOCK =
            "select done_due, " + Micros.NOW + " as now from schedule where name = :name for update skip locked";
    private static final String DONE = "update schedule set done_due = :due, done_at = :now where name = :name";
    private static final String LAST = "select done_due from schedule where name = :name and done_due is not null";

    private static final int CONNECT_SECONDS = 5;
    /** The longest invocation of a cloud's function takes 15 minutes. */
    private static final String LOCK_SETTINGS =
            Timeouts.keepAlive() + "; set idle_in_transaction_session_timeout = '20min'";

    private final Database database;
    private final DataSource source;
    private final Clock clock;
    private final Timeouts timeouts;

    public PostgresTickLog(Database database, DataSource source, Clock clock, Timeouts timeouts) {
        this.database = database;
        this.source = source;
        this.clock = clock;
        this.timeouts = timeouts;
    }

    /**
     * A source of connections outside of the pool: the work must not run in the tick's transaction, and a pool of one
     * connection must be free for the work.
     */
    private DataSource separateConnection() {
        if (!(source instanceof HikariDataSource pool) || pool.getJdbcUrl() == null) {
            return new DelegatingDataSource(source);
        }
        var single = new PGSimpleDataSource();
        single.setUrl(pool.getJdbcUrl());
        single.setUser(pool.getUsername());
        single.setPassword(pool.getPassword());
        single.setApplicationName("odometer-tick");
        single.setTcpKeepAlive(true);
        single.setConnectTimeout(CONNECT_SECONDS);
        single.setSocketTimeout(timeouts.socketSeconds());
        return single;
    }

    @Override
    public Result runOnce(Tick tick, BooleanSupplier work) {
        database.write(() ->
                database.sql().sql(ADD_SCHEDULE).param("name", tick.schedule()).update());
        // Created per tick, so that a start for other functions does not pay for it.
        var lock = new Database(separateConnection(), clock);
        return lock.write(() -> {
            // The connection idles in a transaction while the work is done. If this process is gone or frozen by then,
            // the server must notice it, since it would keep the lock.
            lock.sql().sql(LOCK_SETTINGS).update();
            return lock.sql()
                    .sql(LOCK)
                    .param("name", tick.schedule())
                    .query((row, n) -> turn(row, tick))
                    .optional()
                    .map(turn -> turn == Result.DONE ? worked(lock, tick, work) : turn)
                    .orElse(Result.IN_PROGRESS);
        });
    }

    /** The result to aim for: DONE if the tick's work has to be done, otherwise the reason why not. */
    private static Result turn(ResultSet row, Tick tick) throws SQLException {
        Instant latest = Micros.toInstant(row.getLong("now")).plus(MAX_CLOCK_SKEW);
        if (tick.due().isAfter(latest)) {
            return Result.NOT_DUE;
        }
        Instant done = Micros.toInstant(row.getLong("done_due"));
        boolean isDone = !row.wasNull() && !done.isBefore(tick.due()) && !done.isAfter(latest);
        return isDone ? Result.ALREADY_DONE : Result.DONE;
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
    public Instant now() {
        return database.now();
    }

    @Override
    public Optional<Instant> lastDone(String schedule) {
        return database.read(() -> database.sql()
                .sql(LAST)
                .param("name", Texts.key(schedule))
                .query(Long.class)
                .optional()
                .map(Micros::toInstant));
    }
}
