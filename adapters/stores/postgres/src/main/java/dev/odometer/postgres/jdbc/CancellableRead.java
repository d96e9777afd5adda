package dev.odometer.postgres.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.caller.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A read whose statement the server cancels when the client of the current thread disconnects. */
final class CancellableRead {

    private static final Logger LOG = LoggerFactory.getLogger(CancellableRead.class);

    private CancellableRead() {}

    /** @param pooled the connection of the read's transaction */
    static <T> T run(DataSource source, Connection pooled, Supplier<T> read) throws SQLException {
        // The driver's connection: the pool's proxy may belong to another transaction by the time of the call.
        PGConnection connection = pooled.unwrap(PGConnection.class);
        var wasCanceled = new AtomicBoolean();
        Runnable cancel = () -> {
            wasCanceled.set(true);
            cancel(connection);
        };
        try {
            return Caller.current().cancellable(cancel, read);
        } finally {
            if (wasCanceled.get()) {
                evict(source, pooled);
            }
        }
    }

    /** Over a connection of its own, which the driver opens. Without effect if no statement is executed. */
    private static void cancel(PGConnection connection) {
        try {
            connection.cancelQuery();
        } catch (SQLException unreachable) {
            LOG.debug("A statement was not canceled; it ends with its timeout", unreachable);
        }
    }

    /**
     * Closes the connection when the transaction ends, before the pool can lend it again. The network may deliver the
     * request to cancel late, and it names the connection, not the statement: it would cancel the next statement, which
     * may be a write.
     */
    private static void evict(DataSource source, Connection pooled) throws SQLException {
        if (!source.isWrapperFor(HikariDataSource.class)) {
            return;
        }
        var pool = source.unwrap(HikariDataSource.class);
        var lent = DataSourceUtils.getTargetConnection(pooled);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                pool.evictConnection(lent);
            }
        });
    }
}
