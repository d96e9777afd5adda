package dev.odometer.postgres.jdbc;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.retry.Backoff;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions, and what to do when one fails: conflicts with another are tried again a bounded number of times, a
 * database that is out of reach becomes {@code UNAVAILABLE}, anything else is a surprise and passes.
 */
public final class Database {

    private static final int ATTEMPTS = 10;
    /** Writers that conflicted once would conflict again at once. In all at most 0.9 s. */
    private static final Backoff BACKOFF = Backoff.exponential(Duration.ofMillis(2), Duration.ofMillis(100), 100);
    /**
     * One snapshot, however many statements an answer takes. Said inside the transaction, in one round trip: the driver
     * needs three to ask for the level before, to set it and to set it back.
     */
    static final String SNAPSHOT = "set transaction isolation level repeatable read";

    /** As long as for a connection. */
    private static final int PATIENCE_SECONDS = 5;

    private final Clock clock;
    private final JdbcTemplate template;
    private final JdbcClient client;
    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private volatile Semaphore shortReads = new Semaphore(Integer.MAX_VALUE);

    public Database(DataSource source, Clock clock) {
        this.clock = clock;
        template = new JdbcTemplate(source);
        client = JdbcClient.create(template);
        var manager = new JdbcTransactionManager(source);
        writing = new TransactionTemplate(manager);
        reading = new TransactionTemplate(manager);
        reading.setReadOnly(true);
    }

    /** For reads that are cheaper when they know what is yet to come. */
    public Clock clock() {
        return clock;
    }

    /** For statements on the current transaction, or on their own outside of one. */
    public JdbcClient sql() {
        return client;
    }

    /** For {@code = any (…)}: a text with NUL is in no table, and the database does not even take it as a question. */
    public static String[] texts(Collection<String> wanted) {
        return wanted.stream().filter(Database::isStorable).toArray(String[]::new);
    }

    /** The text, or one that nothing has. */
    public static String text(String wanted) {
        return isStorable(wanted) ? wanted : "";
    }

    private static boolean isStorable(String text) {
        return text.indexOf('\0') < 0;
    }

    public <T> T write(Supplier<T> work) {
        return attempt(writing, status -> work.get());
    }

    public <T> T read(Supplier<T> work) {
        return attempt(reading, status -> {
            if (status.isNewTransaction()) {
                template.execute(SNAPSHOT);
            }
            return work.get();
        });
    }

    /**
     * For short questions that are asked often: statements are planned once, for whatever they are asked. The lengths of
     * arrays would have them planned anew each time, which takes longer than they do.
     *
     * @param work has to begin with the first query of the read
     */
    public <T> T readPlanned(Function<ShortRead, T> work) {
        Semaphore turns = shortReads;
        if (!isTurn(turns)) {
            throw Refusal.unavailable("too many ask at once", new IllegalStateException("no turn to read"));
        }
        try {
            // Inside the caller's transaction the settings stay the caller's.
            return attempt(reading, status -> work.apply(new ShortRead(this, status.isNewTransaction())));
        } finally {
            turns.release();
        }
    }

    private static boolean isTurn(Semaphore turns) {
        try {
            return turns.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /**
     * How many of {@link #readPlanned} go on at a time; the others wait in their order. Reads that take no longer than
     * a round trip are done sooner one after the other, where the database shares the processors.
     */
    public void limitShortReads(int most) {
        shortReads = new Semaphore(most, true);
    }

    /**
     * Runs a statement on the current transaction. Others without rows may stand before and behind it in the same text,
     * which saves them a round trip.
     *
     * @param reader of its rows, if it has any
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
            throw new IllegalStateException("a transaction must have a result");
        }
        return result;
    }

    /**
     * Removes a part of what is older than that.
     *
     * @param sql with the parameters {@code before} and {@code limit}
     */
    public int removeOld(String sql, Instant before, int limit) {
        return write(() -> client.sql(sql)
                .param("before", Micros.of(before))
                .param("limit", limit)
                .update());
    }

    /** Work on the current transaction's own connection. */
    public <T> T onConnection(ConnectionCallback<T> work) {
        T result = template.execute(work);
        if (result == null) {
            throw new IllegalStateException("work on a connection must have a result");
        }
        return result;
    }

    private static <T> T attempt(TransactionTemplate transaction, TransactionCallback<T> work) {
        var isOutermost = new AtomicBoolean(true);
        var conflicts = new ArrayList<ConcurrencyFailureException>();
        while (true) {
            try {
                return once(() -> result(transaction, status -> {
                    isOutermost.set(status.isNewTransaction());
                    return work.doInTransaction(status);
                }));
            } catch (ConcurrencyFailureException conflict) {
                if (!isOutermost.get()) {
                    // The conflict ended the whole transaction, which only the outermost call can begin again.
                    throw conflict;
                }
                if (conflicts.size() + 1 == ATTEMPTS || !waited(conflicts.size() + 1)) {
                    conflicts.forEach(conflict::addSuppressed);
                    throw Refusal.unavailable("the database is too busy with conflicting work", conflict);
                }
                conflicts.add(conflict);
            }
        }
    }

    private static <T> T once(Supplier<T> work) {
        try {
            return work.get();
        } catch (ConcurrencyFailureException conflict) {
            throw conflict;
        } catch (DataAccessResourceFailureException
                | TransientDataAccessException
                | CannotCreateTransactionException
                | TransactionSystemException lost) {
            throw Refusal.unavailable("the database does not answer", lost);
        } catch (DataAccessException failure) {
            throw isConnectionLoss(failure) ? Refusal.unavailable("the database does not answer", failure) : failure;
        }
    }

    private static boolean waited(int conflicts) {
        try {
            TimeUnit.NANOSECONDS.sleep(BACKOFF.pause(conflicts).toNanos());
            return true;
        } catch (InterruptedException over) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Class 08 is a lost connection, 57P a server that stops or starts, 53 one without resources. */
    private static boolean isConnectionLoss(DataAccessException failure) {
        if (!(failure.getMostSpecificCause() instanceof SQLException cause) || cause.getSQLState() == null) {
            return false;
        }
        String state = cause.getSQLState();
        return state.startsWith("08") || state.startsWith("57P") || state.startsWith("53");
    }
}
