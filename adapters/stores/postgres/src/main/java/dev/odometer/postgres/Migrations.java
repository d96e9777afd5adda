package dev.odometer.postgres;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.postgres.backup.PostgresBackups;
import dev.odometer.postgres.jdbc.Schema;
import dev.odometer.postgres.jdbc.Timeouts;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.CoreErrorCode;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

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
            requireNoRestore(source);
            migrate(source);
            new Schema(source).problem().ifPresent(problem -> {
                throw new StartRefusal("The database cannot be used: " + problem + ".");
            });
        } catch (FlywayValidateException other) {
            throw new StartRefusal(
                    "The database cannot be used: its schema has migrations that this release does not have, or has"
                            + " with another content.",
                    "Use the release that created the schema, or a later one.");
        } catch (FlywayException | DataAccessException failure) {
            throw refusal(failure).orElseThrow(() -> failure);
        } finally {
            // The settings of the session would otherwise remain in pooled connections.
            if (source instanceof HikariDataSource pool && pool.isRunning()) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
    }

    private static Optional<StartRefusal> refusal(RuntimeException failure) {
        if (failure instanceof FlywayException flyway
                && flyway.getErrorCode() == CoreErrorCode.NON_EMPTY_SCHEMA_WITHOUT_SCHEMA_HISTORY_TABLE) {
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
        flyway(source).load().migrate();
    }

    private static FluentConfiguration flyway(DataSource source) {
        return Flyway.configure()
                .dataSource(Timeouts.lifted(source))
                .locations("classpath:" + Schema.LOCATION)
                .table(Schema.TABLE);
    }

    /**
     * Migrates the tables of an existing schema in the database.
     *
     * @param version the last migration; all if it is empty
     */
    static void apply(DataSource source, String schema, OptionalInt version) {
        try {
            var flyway = flyway(source).defaultSchema(schema).createSchemas(false);
            version.ifPresent(last -> flyway.target(String.valueOf(last)));
            flyway.load().migrate();
        } catch (FlywayException failure) {
            throw refusal(failure).orElseThrow(() -> failure);
        }
    }

    /** The database is empty until the restore is complete; tables that are created now would prevent its repetition. */
    private static void requireNoRestore(DataSource source) {
        boolean isRestoring = JdbcClient.create(source)
                .sql("select to_regnamespace(:schema) is not null")
                .param("schema", PostgresBackups.RESTORE_SCHEMA)
                .query(Boolean.class)
                .single();
        if (isRestoring) {
            throw new StartRefusal(
                    "The database cannot be used: a restore has not been completed.",
                    "Wait for it or repeat it, or drop the schema " + PostgresBackups.RESTORE_SCHEMA + ".");
        }
    }
}
