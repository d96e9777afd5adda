package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.caller.Caller;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.jdbc.Database;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancellableReadIT {

    private static final String RUNNING =
            "select count(*) from pg_stat_activity where application_name = 'cancellable' and wait_event = 'PgSleep'";

    private final Caller caller = new Caller();
    private HikariDataSource pool;
    private Database database;

    @BeforeEach
    void open() {
        TestDatabase.source();
        var config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.url());
        config.setUsername("postgres");
        config.addDataSourceProperty("ApplicationName", "cancellable");
        config.setMaximumPoolSize(1);
        pool = new HikariDataSource(config);
        database = new Database(pool, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private String sleep(String seconds) {
        return database.sql()
                .sql("select pg_sleep(" + seconds + ")::text")
                .query(String.class)
                .single();
    }

    private static void awaitRunning(long number) throws InterruptedException {
        var other = new Database(TestDatabase.source(), Clock.systemUTC()).sql();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (other.sql(RUNNING).query(Long.class).single() != number) {
            assertThat(System.nanoTime()).isLessThan(end);
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    /** Starts a read, disconnects its caller while it runs, and returns how long it then took to end. */
    private Duration abandoned(Supplier<String> read) throws Exception {
        var running = CompletableFuture.supplyAsync(() -> caller.serve(read));
        awaitRunning(1);
        long start = System.nanoTime();
        caller.disconnect();
        assertThatThrownBy(running::join)
                .hasCauseInstanceOf(Refusal.class)
                .hasMessageContaining("the client closed the connection");
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void endsOnTheServerWhenItsCallerDisconnects() throws Exception {
        assertThat(abandoned(() -> database.readLong(() -> sleep("30")))).isLessThan(Duration.ofSeconds(2));
        awaitRunning(0);
    }

    private long backend() {
        return database.sql().sql("select pg_backend_pid()").query(Long.class).single();
    }

    /** A request to cancel that arrives late names a connection that no longer exists. */
    @Test
    void closesItsConnectionAfterACancellation() throws Exception {
        long before = backend();
        abandoned(() -> database.readLong(() -> sleep("30")));

        caller.disconnect();

        assertThat(database.readLong(() -> sleep("0.1"))).isEmpty();
        assertThat(backend()).isNotEqualTo(before);
    }

    @Test
    void keepsItsConnectionWithoutACancellation() {
        long before = backend();

        caller.serve(() -> database.readLong(() -> sleep("0.1")));

        assertThat(backend()).isEqualTo(before);
    }

    @Test
    void isNotRunForACallerThatHasDisconnected() {
        caller.disconnect();

        assertThatThrownBy(() -> caller.serve(() -> database.readLong(() -> sleep("30"))))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void leavesWritesToComplete() throws Exception {
        var writing = CompletableFuture.supplyAsync(() -> caller.serve(() -> database.write(() -> sleep("1"))));
        awaitRunning(1);

        caller.disconnect();

        assertThat(writing.join()).isEmpty();
    }

    @Test
    void leavesQueriesOfAWriteToComplete() throws Exception {
        var writing = CompletableFuture.supplyAsync(() ->
                caller.serve(() -> database.write(() -> database.readLong(() -> sleep("1")))));
        awaitRunning(1);

        caller.disconnect();

        assertThat(writing.join()).isEmpty();
    }
}
