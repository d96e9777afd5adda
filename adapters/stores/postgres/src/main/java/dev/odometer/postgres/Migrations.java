package dev.odometer.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.postgres.jdbc.Schema;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Migrates a database to the schema of this version. Applied migrations are skipped. */
public final class Migrations {

    private static final String DISK_FULL = "53100";
    /**
     * The states of errors that prevent a session: no connection, another password, no such database, too many
     * connections, a server that starts or stops.
     */
    private static final List<String> NO_SESSION = List.of("08", "28", "3D", "53300", "57P03");

    private Migrations() {}

    /**
     * Applies the pending migrations. Concurrent calls are serialized by a lock.
     *
     * @throws StartRefusal if the database does not accept a connection, has other tables, a schema that this version does
     *     not support, or no disk space
     */
    public static void apply(DataSource source) {
        try {
            migrate(source);
            new Schema(source).problem().ifPresent(problem -> {
                throw new StartRefusal("The database cannot be used: " + problem + ".");
            });
        } catch (FlywayValidateException other) {
            throw new StartRefusal(
                    "The database cannot be used: its schema has migrations that this release does not have, or has"
                            + " with another content.",
                    "Use the release that created the schema, or a later one.");
        } catch (FlywayException failure) {
            throw refusal(failure).orElseThrow(() -> failure);
        } finally {
            // The settings of the session would otherwise remain in pooled connections.
            if (source instanceof HikariDataSource pool && pool.isRunning()) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
    }

    private static Optional<StartRefusal> refusal(FlywayException failure) {
        if (failure.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
            return Optional.of(new StartRefusal(
                    "The database cannot be used: it has tables, but not the table " + Schema.TABLE + ".",
                    "Use an empty database."));
        }
        return serverError(failure).flatMap(Migrations::refusal);
    }

    private static Optional<StartRefusal> refusal(SQLException error) {
        String reason = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String state = String.valueOf(error.getSQLState());
        if (DISK_FULL.equals(state)) {
            return Optional.of(new StartRefusal(
                    "The schema cannot be migrated, because the database's disk is full: " + reason + ".",
                    "Free disk space for the database, and start again. Completed migrations are kept."));
        }
        String detail = error.getCause() instanceof UnknownHostException unknown
                ? "there is no host " + unknown.getMessage()
                : reason;
        return NO_SESSION.stream().anyMatch(state::startsWith)
                ? Optional.of(new StartRefusal(
                        "The database does not accept a connection: " + detail,
                        "Check odometer.database.url, .user and .password, and that PostgreSQL runs there."))
                : Optional.empty();
    }

    /** The error that the driver reports, inside the exceptions of Flyway and the pool. */
    private static Optional<SQLException> serverError(Throwable failure) {
        Optional<SQLException> found = Optional.empty();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException error && error.getSQLState() != null) {
                found = Optional.of(error);
            }
        }
        return found;
    }

    private static void migrate(DataSource source) {
        Flyway.configure()
                .dataSource(withoutTimeouts(source))
                .locations("classpath:" + Schema.LOCATION)
                .table(Schema.TABLE)
                .load()
                .migrate();
    }

    /** A migration may take as long as it needs, for example to build an index on a large table. */
    private static DataSource withoutTimeouts(DataSource source) {
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
