package dev.odometer.postgres.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.notification.AlertExamples;
import dev.odometer.metering.usage.Window;
import dev.odometer.postgres.PostgresStore;
import dev.odometer.postgres.TestDatabase;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.ShortRead;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/** The limit of concurrent balance reads, and their transactions. */
class ShortReadsIT {

    private static final int READERS = 6;
    private static final String WAITING = "select count(*) from pg_stat_activity where wait_event_type = 'Lock'";

    private static int waiting(Statement statement) throws Exception {
        try (ResultSet row = statement.executeQuery(WAITING)) {
            row.next();
            return row.getInt(1);
        }
    }

    /** Waits for the expected number, and a little longer in case more follow. */
    private static int waitingAfter(Statement statement, int expected) throws Exception {
        long end = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (waiting(statement) < expected && System.nanoTime() < end) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        TimeUnit.MILLISECONDS.sleep(200);
        return waiting(statement);
    }

    private static int maximumConcurrent(PostgresStore store, int expected) throws Exception {
        ExecutorService readers = Executors.newFixedThreadPool(READERS);
        try (Connection holder = TestDatabase.source().getConnection();
                Connection watcher = TestDatabase.source().getConnection();
                Statement hold = holder.createStatement();
                Statement watch = watcher.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("lock table entitlement_grant in access exclusive mode");
            List<Future<Boolean>> reads = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                reads.add(readers.submit(() -> store.entitlements()
                        .statuses("unknown", null, Instant.EPOCH)
                        .isEmpty()));
            }
            int waiting = waitingAfter(watch, expected);
            holder.rollback();
            for (Future<Boolean> read : reads) {
                assertThat(read.get(2, TimeUnit.MINUTES)).isTrue();
            }
            return waiting;
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void limitConcurrencyAndCompleteAll() throws Exception {
        PostgresStore store = TestDatabase.emptyStore(AlertExamples.CLOCK);

        assertThat(maximumConcurrent(store, READERS)).isEqualTo(READERS);

        store.limitShortReads(2);
        assertThat(maximumConcurrent(store, 2)).isEqualTo(2);
    }

    /** The states of the transaction after the first and after the last statement. */
    private static List<TransactionState> states(Database database) {
        return database.readPlanned(read -> {
            read.first(new ShortRead.Opening("select cast(:one as bigint)"), Map.of("one", 1L), row -> {});
            TransactionState opened = state(database);
            var totals = UsageTotals.endOf(read, database);
            var scope = new Scope("none", 0, Aggregation.SUM, false, Set.of("acme"), Map.of());
            totals.request(totals.add(scope), new Window(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)));
            assertThat(totals.results()).containsExactly(BigDecimal.ZERO);
            return List.of(opened, state(database));
        });
    }

    private static TransactionState state(Database database) {
        return database.onConnection(
                connection -> connection.unwrap(BaseConnection.class).getTransactionState());
    }

    @Test
    void endWithTheirLastStatementUnlessNested() {
        TestDatabase.emptyStore(AlertExamples.CLOCK);
        var database = new Database(TestDatabase.source(), Clock.systemUTC());

        assertThat(states(database)).containsExactly(TransactionState.OPEN, TransactionState.IDLE);
        assertThat(database.<List<TransactionState>>read(() -> states(database)))
                .containsExactly(TransactionState.OPEN, TransactionState.OPEN);
    }
}
