package dev.odometer.postgres.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.schedule.TickLog.Result;
import dev.odometer.functions.schedule.TickLogContract;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PostgresTickLogIT extends TickLogContract {

    private static final Tick TICK = new Tick("nightly", Instant.parse("2026-11-01T02:00:00Z"));

    /** Puts the schema of the simulated clock before the system's functions. */
    private static final String SIMULATED_CLOCK = "&options=-c%20search_path=simulated,public,pg_catalog";

    private final HikariDataSource pool = pool(4, SIMULATED_CLOCK);

    @BeforeAll
    static void addClock() {
        TestDatabase.run("""
                create schema simulated;
                create table simulated.clock (time timestamptz);
                insert into simulated.clock values (null);
                create function simulated.clock_timestamp() returns timestamptz language sql
                    as 'select coalesce(time, pg_catalog.clock_timestamp()) from simulated.clock';
                """);
    }

    @AfterAll
    static void removeClock() {
        TestDatabase.run("drop schema simulated cascade");
    }

    @AfterEach
    void closePool() {
        pool.close();
    }

    @Override
    protected TickLog empty() {
        TestDatabase.emptyStore(Clock.systemUTC());
        return new PostgresStore(pool, Clock.systemUTC()).ticks();
    }

    @Override
    protected void setClock(@Nullable Instant now) {
        TestDatabase.run("update simulated.clock set time = " + (now == null ? "null" : "'" + now + "'"));
    }

    /** The pool of a function with one connection. */
    private static HikariDataSource poolOfOne() {
        return pool(1, "");
    }

    private static HikariDataSource pool(int connections, String options) {
        var config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.url() + options);
        config.setUsername("postgres");
        config.setMaximumPoolSize(connections);
        config.setConnectionTimeout(5000);
        return new HikariDataSource(config);
    }

    @Test
    void doesNotUseThePoolsOnlyConnection() {
        TestDatabase.emptyStore(Clock.systemUTC());
        try (var pool = poolOfOne()) {
            var store = new PostgresStore(pool, Clock.systemUTC());

            Result turn = store.ticks()
                    .runOnce(TICK, () -> store.deadLetters().list("usage", 0, 1).isEmpty());

            assertThat(turn).isEqualTo(Result.DONE);
        }
    }

    /** The writes of the work are committed whether or not the tick succeeds. */
    @Test
    void runsTheWorkOutsideOfTheTicksTransaction() {
        var store = TestDatabase.emptyStore(Clock.systemUTC());

        store.ticks().runOnce(TICK, () -> {
            store.ticks().runOnce(new Tick("hourly", TICK.due()), () -> true);
            return false;
        });

        assertThat(store.ticks().lastDone("hourly")).contains(TICK.due());
        assertThat(store.ticks().lastDone("nightly")).isEmpty();
    }

    @Test
    void isReleasedWhenItsProcessIsKilled() throws Exception {
        TickLog log = empty();
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Holder.class.getName(),
                        TestDatabase.url())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        assertThat(other.inputReader().readLine()).isEqualTo("taken");
        assertThat(log.runOnce(TICK, () -> true)).isEqualTo(Result.IN_PROGRESS);

        other.destroyForcibly().waitFor(2, TimeUnit.MINUTES);

        assertThat(eventually(log)).isEqualTo(Result.DONE);
    }

    /** Retries until the server has detected the closed connection. */
    private static Result eventually(TickLog log) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        Result turn = log.runOnce(TICK, () -> true);
        while (turn == Result.IN_PROGRESS && System.nanoTime() < deadline) {
            Thread.sleep(20);
            turn = log.runOnce(TICK, () -> true);
        }
        return turn;
    }

    /** A process that takes the tick and never completes it. */
    static final class Holder {

        private Holder() {}

        public static void main(String[] url) {
            var config = new HikariConfig();
            config.setJdbcUrl(url[0]);
            config.setUsername("postgres");
            try (var pool = new HikariDataSource(config)) {
                new PostgresStore(pool, Clock.systemUTC()).ticks().runOnce(TICK, Holder::hang);
            }
        }

        private static boolean hang() {
            System.out.println("taken");
            try {
                Thread.sleep(TimeUnit.MINUTES.toMillis(10));
            } catch (InterruptedException ending) {
                Thread.currentThread().interrupt();
            }
            return false;
        }
    }
}
