package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.caller.Caller;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.jdbc.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancellableReadIT {

    private static final String RUNNING =
            "select count(*) from pg_stat_activity where application_name = 'cancellable' and wait_event_type = 'Lock'";
    private static final String TABLE = "held_by_another";

    private final Caller caller = new Caller();
    private HikariDataSource pool;
    private Database database;
    private Connection holder;

    @BeforeEach
    void open() throws SQLException {
        holder = TestDatabase.source().getConnection();
        try (Statement statement = holder.createStatement()) {
            statement.execute("create table if not exists " + TABLE + " (id text)");
            statement.execute("truncate " + TABLE);
            statement.execute("insert into " + TABLE + " values ('read')");
        }
        holder.setAutoCommit(false);
        var config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.url());
        config.setUsername("postgres");
        config.addDataSourceProperty("ApplicationName", "cancellable");
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
        database = new Database(pool, Clock.systemUTC());
    }

    @AfterEach
    void close() throws SQLException {
        holder.close();
        pool.close();
    }

    /** Locks the table until the end of the transaction, so that only a cancellation ends a query of it. */
    private void hold() throws SQLException {
        try (Statement statement = holder.createStatement()) {
            statement.execute("lock table " + TABLE + " in access exclusive mode");
        }
    }

    private String query() {
        return database.sql().sql("select id from " + TABLE).query(String.class).single();
    }

    private static void awaitRunning(long number) throws InterruptedException {
        var other = new Database(TestDatabase.source(), Clock.systemUTC()).sql();
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (other.sql(RUNNING).query(Long.class).single() != number) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Starts a read that does not end by itself, and disconnects its caller. */
    private void abandon() throws Exception {
        hold();
        var running = CompletableFuture.supplyAsync(() -> caller.serve(() -> database.readLong(this::query)));
        awaitRunning(1);
        caller.disconnect();
        assertThatThrownBy(() -> running.get(2, TimeUnit.MINUTES))
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining("the client closed the connection");
    }

    @Test
    void endsOnTheServerWhenItsCallerDisconnects() throws Exception {
        abandon();

        awaitRunning(0);
    }

    private long backend() {
        return database.sql().sql("select pg_backend_pid()").query(Long.class).single();
    }

    /** A request to cancel that arrives late names a connection that no longer exists. */
    @Test
    void closesItsConnectionAfterACancellation() throws Exception {
        long before = backend();
        abandon();

        caller.disconnect();

        holder.rollback();
        assertThat(database.readLong(this::query)).isEqualTo("read");
        assertThat(backend()).isNotEqualTo(before);
    }

    @Test
    void keepsItsConnectionWithoutACancellation() {
        long before = backend();

        caller.serve(() -> database.readLong(this::query));

        assertThat(backend()).isEqualTo(before);
    }

    @Test
    void isNotRunForACallerThatHasDisconnected() {
        caller.disconnect();

        assertThatThrownBy(() -> caller.serve(() -> database.readLong(this::query)))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void leavesWritesToComplete() throws Exception {
        hold();
        var writing = CompletableFuture.supplyAsync(() -> caller.serve(() -> database.write(this::query)));
        awaitRunning(1);

        caller.disconnect();

        holder.rollback();
        assertThat(writing.get(2, TimeUnit.MINUTES)).isEqualTo("read");
    }

    @Test
    void leavesQueriesOfAWriteToComplete() throws Exception {
        hold();
        var writing = CompletableFuture.supplyAsync(
                () -> caller.serve(() -> database.write(() -> database.readLong(this::query))));
        awaitRunning(1);

        caller.disconnect();

        holder.rollback();
        assertThat(writing.get(2, TimeUnit.MINUTES)).isEqualTo("read");
    }
}
