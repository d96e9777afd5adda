package dev.odometer.postgres.jdbc;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * How long a connection waits for the server. Two limits apply to each statement: the server cancels it after the
 * statement timeout, and the client closes the connection {@link #MARGIN} later if the server does not even answer that
 * it canceled, as after a failover whose packets are dropped.
 *
 * @param statement the timeout of requests and appends; 0 for none
 * @param longStatement the timeout of folds, backfills and imports; 0 for none
 */
public record Timeouts(Duration statement, Duration longStatement) {

    public static final Timeouts NONE = new Timeouts(Duration.ZERO, Duration.ZERO);

    private static final Duration MARGIN = Duration.ofSeconds(5);
    /** A process that is frozen inside a transaction must not keep its locks. */
    private static final Duration IDLE_IN_TRANSACTION = Duration.ofMinutes(1);

    /**
     * The statements that set up a new connection. They are sent when the connection is opened, since poolers such as
     * PgBouncer refuse them as startup options.
     */
    public String setUp() {
        return "set statement_timeout = " + statement.toMillis() + "; set idle_in_transaction_session_timeout = "
                + IDLE_IN_TRANSACTION.toMillis() + "; " + keepAlive();
    }

    /**
     * The statements by which the server detects within a minute that a client is gone, and releases its locks. The
     * default of most operating systems is two hours.
     */
    public static String keepAlive() {
        return "set tcp_keepalives_idle = 30; set tcp_keepalives_interval = 10; set tcp_keepalives_count = 3";
    }

    /** The time after which the client closes a connection without an answer, in seconds; 0 for never. */
    public int socketSeconds() {
        return socketSeconds(statement);
    }

    private static int socketSeconds(Duration timeout) {
        return timeout.isZero() ? 0 : (int) timeout.plus(MARGIN).toSeconds();
    }

    /**
     * Extends the timeouts for the current transaction. The pool restores the client's timeout when the connection is
     * returned; the server's ends with the transaction.
     */
    boolean extend(Connection connection) throws SQLException {
        if (statement.isZero()) {
            return false;
        }
        connection.setNetworkTimeout(Runnable::run, socketSeconds(longStatement) * 1000);
        try (Statement setting = connection.createStatement()) {
            setting.execute("set local statement_timeout = " + longStatement.toMillis());
        }
        return true;
    }

    /** Connections for work that takes as long as it needs, such as an index on a large table, or a backup. */
    public static DataSource lifted(DataSource source) {
        return new DelegatingDataSource(source) {

            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                try (Statement settings = connection.createStatement()) {
                    connection.setNetworkTimeout(Runnable::run, 0);
                    settings.execute("set statement_timeout = 0; set idle_in_transaction_session_timeout = 0");
                    return connection;
                } catch (SQLException | RuntimeException failure) {
                    connection.close();
                    throw failure;
                }
            }
        };
    }
}
