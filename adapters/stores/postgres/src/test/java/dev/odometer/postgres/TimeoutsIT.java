package dev.odometer.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.metering.entitlement.Examples;
import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Timeouts;
import dev.odometer.postgres.rollup.Pace;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.convert.ApplicationConversionService;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** A database that stops answering: every call ends, and the calls after the recovery succeed. */
class TimeoutsIT {

    private static final Pace NEVER = new Pace(Integer.MAX_VALUE, Integer.MAX_VALUE, 20_000, Integer.MAX_VALUE);

    /** Without timeouts, a call on a silent connection would not end. */
    private static final Duration MAX_STALL = Duration.ofMinutes(2);

    /** A thread for each call: since Java 25, the common pool has a single thread on two cores. */
    private static final Executor THREADS = call -> new Thread(call).start();

    private TcpProxy proxy;
    private AnnotationConfigApplicationContext context;

    @BeforeEach
    void start() throws Exception {
        TestDatabase.emptyStore(Clock.systemUTC());
        String direct = TestDatabase.url();
        int port = URI.create(direct.substring("jdbc:".length())).getPort();
        proxy = new TcpProxy(port);
        context = new AnnotationConfigApplicationContext();
        context.getEnvironment().setConversionService(new ApplicationConversionService());
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource(
                        "test",
                        Map.of(
                                "odometer.database.url",
                                direct.replace(":" + port, ":" + proxy.port()),
                                "odometer.database.user",
                                "postgres",
                                "odometer.database.pool-size",
                                "4",
                                "odometer.database.statement-timeout",
                                "2s",
                                "odometer.database.long-statement-timeout",
                                "200s")));
        context.register(PostgresConfiguration.class);
        context.refresh();
        append("before");
    }

    @AfterEach
    void stop() throws Exception {
        context.close();
        proxy.close();
    }

    private List<Receipt> append(String id) {
        return context.getBean(UsageLog.class)
                .append(List.of(
                        new UsageEvent("1.0", id, "timeouts", "call", "acme", Instant.EPOCH, null, null, null)));
    }

    private static void assertUnavailable(ThrowingCallable call) {
        long start = System.nanoTime();
        assertThatThrownBy(call).isInstanceOf(Refusal.class).hasMessageContaining("the database");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_STALL);
    }

    @Test
    void continuesOnNewConnectionsAfterAFailoverWithoutAnswers() {
        proxy.silence();
        assertUnavailable(() -> append("during"));

        proxy.recover();

        assertThat(append("after")).containsExactly(Receipt.RECORDED);
        // Not written: the request never reached the server.
        assertThat(append("during")).containsExactly(Receipt.RECORDED);
        assertThat(append("before")).containsExactly(Receipt.ALREADY_RECORDED);
    }

    @Test
    void doesNotWaitForAServerThatAcceptsAndDoesNotRespond() {
        proxy.silence();
        context.getBean(HikariDataSource.class).getHikariPoolMXBean().softEvictConnections();

        assertUnavailable(() -> append("during"));
        assertUnavailable(() -> context.getBean(TickLog.class).now());
        assertUnavailable(() -> context.getBean(TickLog.class).runOnce(new Tick("nightly", Instant.EPOCH), () -> true));

        proxy.recover();
        assertThat(append("after")).containsExactly(Receipt.RECORDED);
    }

    @Test
    void endsATickWhoseConnectionGoesSilent() {
        TickLog ticks = context.getBean(TickLog.class);

        assertUnavailable(() -> ticks.runOnce(new Tick("nightly", Instant.EPOCH), () -> {
            proxy.silence();
            return true;
        }));
    }

    @Test
    void cancelsAStatementThatWaitsForALock() throws Exception {
        try (Connection other = TestDatabase.source().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("lock table usage_event in access exclusive mode");

            long start = System.nanoTime();
            assertThatThrownBy(() -> append("during"))
                    .isInstanceOf(Refusal.class)
                    .hasMessage("the database did not complete a statement within 2 s");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_STALL);
            other.rollback();
        }

        assertThat(append("during")).containsExactly(Receipt.RECORDED);
    }

    @Test
    void maintenanceHasLongerTimeouts() {
        var database = new Database(context.getBean(HikariDataSource.class), Clock.systemUTC());
        database.timeouts(new Timeouts(Duration.ofSeconds(2), Duration.ofSeconds(200)));

        assertThat(database.writeLong(() -> slept(database))).isTrue();
        assertUnavailable(() -> database.write(() -> slept(database)));
        assertUnavailable(() -> database.read(() -> slept(database)));
    }

    private static boolean slept(Database database) {
        return database.sql()
                .sql("select pg_sleep(2.5) is not null")
                .query(Boolean.class)
                .single();
    }

    /** A pool of four connections, of which queries may use two. */
    @Test
    void stalledQueriesLeaveConnectionsToAppends() throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl(TestDatabase.url());
        config.setUsername("postgres");
        config.setMaximumPoolSize(4);
        config.setConnectionTimeout(2000);
        try (var pool = new HikariDataSource(config);
                Connection other = TestDatabase.source().getConnection();
                Statement lock = other.createStatement()) {
            // No fold is due: it would wait for the lock.
            PostgresStore store = TestDatabase.store(pool, Clock.systemUTC(), NEVER);
            store.limit(2, Timeouts.NONE);
            Meter calls = Examples.meter(Aggregation.COUNT);
            store.meters().add(calls);
            store.usage().append(List.of(Examples.prompt("before", "acme", "2025-06-01T00:00:00Z", "1")));
            other.setAutoCommit(false);
            // Queries read it, appends do not.
            lock.execute("lock table rollup_day in access exclusive mode");
            List<CompletableFuture<Void>> queries = IntStream.range(0, 8)
                    .mapToObj(
                            i -> CompletableFuture.runAsync(() -> store.usage().query(byDay(calls)), THREADS))
                    .toList();

            CompletableFuture<List<Receipt>> append = CompletableFuture.supplyAsync(
                    () -> store.usage()
                            .append(List.of(
                                    Examples.prompt("meanwhile", "a-new-subject", "2026-01-10T00:00:00Z", "1"))),
                    THREADS);
            assertThat(append.get(2, TimeUnit.MINUTES)).containsExactly(Receipt.RECORDED);
            assertThat(queries).filteredOn(CompletableFuture::isDone).hasSizeLessThan(8);
            other.rollback();
            for (CompletableFuture<Void> query : queries) {
                query.handle((done, failure) -> failure).get(2, TimeUnit.MINUTES);
            }
        }
    }

    private static UsageQuery byDay(Meter meter) {
        var year = new Range(Instant.parse("2025-01-01T00:00:00Z"), Instant.parse("2026-01-01T00:00:00Z"));
        return new UsageQuery(
                meter, year, WindowSize.DAY, ZoneOffset.UTC, null, null, false, false, List.of(), Map.of());
    }

    /** A frozen process keeps its connection and its locks. */
    @Test
    void setsTheTimeoutsOfTheServer() throws SQLException {
        try (Connection connection = context.getBean(HikariDataSource.class).getConnection();
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("select current_setting('idle_in_transaction_session_timeout'),"
                        + " current_setting('tcp_keepalives_idle'), current_setting('statement_timeout')")) {
            row.next();
            assertThat(List.of(row.getString(1), row.getString(2), row.getString(3)))
                    .containsExactly("1min", "30", "2s");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1s", "25h"})
    void refusesATimeoutOutOfRange(String timeout) {
        try (var other = new AnnotationConfigApplicationContext()) {
            other.getEnvironment().setConversionService(new ApplicationConversionService());
            other.getEnvironment()
                    .getPropertySources()
                    .addFirst(new MapPropertySource(
                            "test",
                            Map.of(
                                    "odometer.database.url",
                                    TestDatabase.url(),
                                    "odometer.database.statement-timeout",
                                    timeout)));
            other.register(PostgresConfiguration.class);

            assertThatThrownBy(other::refresh)
                    .rootCause()
                    .hasMessageContaining("odometer.database.statement-timeout must be a duration from PT0S to PT24H");
        }
    }

    @Test
    void stopsWhileAStatementRuns() throws Exception {
        proxy.silence();
        CompletableFuture<?> call = CompletableFuture.runAsync(() -> append("during"), THREADS);
        proxy.awaitDropped();

        long start = System.nanoTime();
        context.close();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(MAX_STALL);
        call.handle((receipts, failure) -> failure).get(2, TimeUnit.MINUTES);
    }
}
