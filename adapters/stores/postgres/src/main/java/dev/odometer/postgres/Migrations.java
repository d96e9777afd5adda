package dev.odometer.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.postgres.jdbc.Schema;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Migrates a database to the schema of this version. Applied migrations are skipped. */
public final class Migrations {

    private static final String DISK_FULL = "53100";

    private Migrations() {}

    /**
     * Applies the pending migrations. Concurrent calls are serialized by a lock.
     *
     * @throws StartRefusal if the database has other tables, a schema that this version does not support, or no disk
     *     space
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
        return NestedExceptionUtils.getMostSpecificCause(failure) instanceof SQLException sql
                        && DISK_FULL.equals(sql.getSQLState())
                ? Optional.of(new StartRefusal(
                        "The schema cannot be migrated, because the database's disk is full: "
                                + String.valueOf(sql.getMessage())
                                        .lines()
                                        .findFirst()
                                        .orElse("") + ".",
                        "Free disk space for the database, and start again. Completed migrations are kept."))
                : Optional.empty();
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
