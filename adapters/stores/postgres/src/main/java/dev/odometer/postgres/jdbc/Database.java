package dev.odometer.postgres.jdbc;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.retry.Backoff;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs transactions and translates their failures. Serialization conflicts are retried a bounded number of times. An
 * unreachable database, or one whose schema is missing or too old, becomes a refusal of the kind {@code UNAVAILABLE}.
 * Any other exception propagates.
 */
public final class Database {

    private static final int ATTEMPTS = 10;
    /**
     * The jitter separates writers that conflicted, which would otherwise conflict again at once. All pauses take at
     * most 0.9 s.
     */
    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofMillis(2), Duration.ofMillis(100), 100);
    /**
     * Gives all statements of a read one snapshot. It is sent inside the transaction, in one round trip; the driver's
     * own methods take three, to query the isolation level, set it and restore it.
     */
    static final String SNAPSHOT = "set transaction isolation level repeatable read";

    /**
     * Plans each statement with the current size of its tables. A plan from the time when a table was small reads all of it
     * for each row of a large batch.
     */
    private static final String CUSTOM_PLANS = "set local plan_cache_mode = force_custom_plan";

    /** Equals the connection timeout of the pool. */
    private static final int MAX_WAIT_SECONDS = 5;

    private final Clock clock;
    private final Schema schema;
    private final Failures failures;
    private final JdbcTemplate template;
    private final JdbcClient client;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private volatile Semaphore longReads = new Semaphore(Integer.MAX_VALUE);
    private volatile Semaphore shortReads = new Semaphore(Integer.MAX_VALUE);
    private volatile Timeouts timeouts = Timeouts.NONE;

    public Database(DataSource source, Clock clock) {
        this(new Schema(source), clock);
    }

    public Database(Schema schema, Clock clock) {
        this.clock = clock;
        this.schema = schema;
        failures = new Failures(schema, () -> timeouts.statement());
        DataSource source = schema.source();
        template = new JdbcTemplate(source);
        client = JdbcClient.create(template);
        var manager = new JdbcTransactionManager(source);
        writing = new TransactionTemplate(manager);
        reading = new TransactionTemplate(manager);
        reading.setReadOnly(true);
    }

    /** The clock by which reads skip rollups of the future. */
    public Clock clock() {
        return clock;
    }

    /** The time of the server. Unlike {@link #clock}, all processes share it. */
    public Instant now() {
        return read(() -> Micros.toInstant(
                client.sql("select " + Micros.NOW).query(Long.class).single()));
    }

    /** For statements in the current transaction, or in a transaction of their own outside of one. */
    public JdbcClient sql() {
        return client;
    }

    public <T> T write(Supplier<T> work) {
        return attempt(writing, status -> work.get());
    }

    /**
     * Runs maintenance, whose statements may take as long as {@link Timeouts#longStatement}: folds, backfills, imports.
     * In a transaction of the caller, its timeouts apply.
     */
    public <T> T writeLong(Supplier<T> work) {
        return attempt(writing, status -> {
            if (status.isNewTransaction()) {
                onConnection(timeouts::extend);
                template.execute(CUSTOM_PLANS);
            }
            return work.get();
        });
    }

    public <T> T read(Supplier<T> work) {
        return attempt(reading, status -> status.isNewTransaction() ? inSnapshot(work) : work.get());
    }

    private <T> T inSnapshot(Supplier<T> work) {
        template.execute(SNAPSHOT);
        return work.get();
    }

    /**
     * Runs a read that may take long, such as a query of usage. A limited number runs concurrently, so that connections
     * are left to appends; the reads that an append needs are not limited. The read is canceled when its client disconnects.
     */
    public <T> T readLong(Supplier<T> work) {
        return limited(
                longReads,
                "too many concurrent queries",
                () -> attempt(reading, status -> status.isNewTransaction() ? cancellable(work) : work.get()));
    }

    private <T> T cancellable(Supplier<T> work) {
        return onConnection(connection -> CancellableRead.run(schema.source(), connection, () -> inSnapshot(work)));
    }

    /**
     * Runs a short, frequent read with generic plans, which PostgreSQL caches regardless of the parameters. The lengths
     * of array parameters would otherwise cause a new plan each time, and planning takes longer than the execution.
     *
     * @param work must begin with {@link ShortRead#first}
     */
    public <T> T readPlanned(Function<ShortRead, T> work) {
        // Inside a caller's transaction its settings must not change.
        return limited(
                shortReads,
                "too many concurrent reads",
                () -> attempt(reading, status -> work.apply(new ShortRead(this, status.isNewTransaction()))));
    }

    /** Runs work with a permit, unless it is part of a transaction, which has one already or needs none. */
    private static <T> T limited(Semaphore permits, String refusal, Supplier<T> work) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            return work.get();
        }
        if (!isAcquired(permits)) {
            throw Refusal.unavailable(refusal, new IllegalStateException("no permit in " + MAX_WAIT_SECONDS + " s"));
        }
        try {
            return work.get();
        } finally {
            permits.release();
        }
    }

    private static boolean isAcquired(Semaphore permits) {
        try {
            return permits.tryAcquire(MAX_WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * Limits the concurrent calls of {@link #readPlanned}; further calls wait in FIFO order. A short read takes about
     * one round trip. If the database shares the processors with this process, running these reads one after another
     * completes each of them sooner.
     */
    public void limitShortReads(int maximum) {
        shortReads = new Semaphore(maximum, true);
    }

    /** Limits the concurrent calls of {@link #readLong}; further calls wait in FIFO order. */
    public void limitLongReads(int maximum) {
        longReads = new Semaphore(maximum, true);
    }

    /** The timeouts that the connections of the pool have, for messages and for {@link #writeLong}. */
    public void timeouts(Timeouts ofConnections) {
        timeouts = ofConnections;
    }

    /**
     * Runs a statement in the current transaction. Its text may contain further statements without rows before and
     * after it, which saves their round trips.
     *
     * @param reader called for each row
     */
    public void query(NamedSql sql, Map<String, ?> parameters, RowCallbackHandler reader) {
        template.execute(sql.text(), (PreparedStatement statement) -> {
            sql.bind(statement, parameters);
            boolean hasRows = statement.execute();
            while (!hasRows && statement.getUpdateCount() >= 0) {
                hasRows = statement.getMoreResults();
            }
            if (hasRows) {
                try (ResultSet rows = statement.getResultSet()) {
                    while (rows.next()) {
                        reader.processRow(rows);
                    }
                }
            }
            return true;
        });
    }

    private static <T> T result(TransactionTemplate transaction, TransactionCallback<T> work) {
        T result = transaction.execute(work);
        if (result == null) {
            throw new IllegalStateException("a transaction must return a result");
        }
        return result;
    }

    /**
     * Deletes at most {@code limit} rows that are older than {@code before}, so that no transaction becomes long.
     *
     * @param sql with the parameters {@code before} and {@code limit}
     */
    public int removeOlderThan(String sql, Instant before, int limit) {
        return write(() -> client.sql(sql)
                .param("before", Micros.of(before))
                .param("limit", limit)
                .update());
    }

    /** Runs work on the connection of the current transaction. */
    public <T> T onConnection(ConnectionCallback<T> work) {
        T result = template.execute(work);
        if (result == null) {
            throw new IllegalStateException("work on a connection must return a result");
        }
        return result;
    }

    private <T> T attempt(TransactionTemplate transaction, TransactionCallback<T> work) {
        schema.requireFit();
        var isOutermost = new AtomicBoolean(true);
        var conflicts = new ArrayList<ConcurrencyFailureException>();
        while (true) {
            try {
                return failures.translating(() -> result(transaction, status -> {
                    isOutermost.set(status.isNewTransaction());
                    return work.doInTransaction(status);
                }));
            } catch (BadSqlGrammarException failure) {
                throw isOutermost.get() ? failures.explained(failure) : failure;
            } catch (ConcurrencyFailureException conflict) {
                if (!isOutermost.get()) {
                    // The conflict aborted the whole transaction, which only the outermost call can retry.
                    throw conflict;
                }
                if (conflicts.size() + 1 == ATTEMPTS || !slept(conflicts.size() + 1)) {
                    conflicts.forEach(conflict::addSuppressed);
                    throw Refusal.unavailable("too many conflicting transactions in the database", conflict);
                }
                conflicts.add(conflict);
            }
        }
    }

    private static boolean slept(int conflicts) {
        try {
            TimeUnit.NANOSECONDS.sleep(BACKOFF.pause(conflicts).toNanos());
            return true;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
