package dev.odometer.postgres.jdbc;

import dev.odometer.functions.caller.Caller;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Supplier;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A read whose statement the server cancels when the caller of the current thread leaves. */
final class CancellableRead {

    private static final Logger LOG = LoggerFactory.getLogger(CancellableRead.class);

    private CancellableRead() {}

    /** @param pooled the connection of the read's transaction */
    static <T> T run(Connection pooled, Supplier<T> read) throws SQLException {
        // The driver's connection: the pool's proxy may belong to another transaction by the time of the call.
        PGConnection connection = pooled.unwrap(PGConnection.class);
        return Caller.current().cancellable(() -> cancel(connection), read);
    }

    /** Over a connection of its own, which the driver opens. Without effect if no statement is executed. */
    private static void cancel(PGConnection connection) {
        try {
            connection.cancelQuery();
        } catch (SQLException unreachable) {
            LOG.debug("A statement was not canceled; it ends with its timeout", unreachable);
        }
    }
}
