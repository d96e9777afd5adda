package dev.odometer.postgres.backup;

import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.functions.backup.Backups;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.postgres.jdbc.Timeouts;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;

/** Backups of a database in PostgreSQL. */
public final class PostgresBackups implements Backups {

    /** The schema that exists in a database while a restore writes into it, or after the restore was killed. */
    public static final String RESTORE_SCHEMA = "odometer_restore";

    private final DataSource source;
    private final Migrator migrator;

    /** @param migrator migrates the tables of a schema, which may have none */
    public PostgresBackups(DataSource source, Migrator migrator) {
        this.source = source;
        this.migrator = migrator;
    }

    /** Migrates the tables of a schema, which may have none. */
    @FunctionalInterface
    public interface Migrator {

        /** @param version the last migration to apply; all if it is empty */
        void migrate(DataSource source, String schema, OptionalInt version);
    }

    @Override
    public Summary write(Path file) {
        return translated("The backup " + file + " was not written", () -> {
            try (Connection connection = Timeouts.lifted(source).getConnection()) {
                Snapshot snapshot = Snapshot.of(connection);
                try {
                    return new Summary(snapshot.layout().tables().size(), BackupWriter.write(snapshot, file));
                } finally {
                    connection.rollback();
                }
            }
        });
    }

    @Override
    public Summary restore(Path file) {
        return translated("The backup " + file + " was not restored", () -> {
            try (BackupFile backup = BackupFile.open(file)) {
                return restore(backup);
            }
        });
    }

    @Override
    public Summary copyFrom(Login other) {
        return translated("The database was not copied", () -> {
            try (Connection connection = DriverManager.getConnection(other.url(), other.user(), other.password())) {
                return restore(Snapshot.of(connection));
            }
        });
    }

    private Summary restore(Contents contents) throws IOException, SQLException {
        long rows = new Restoration(Timeouts.lifted(source), migrator).run(contents);
        return new Summary(contents.layout().tables().size(), rows);
    }

    @FunctionalInterface
    private interface Copy {
        Summary run() throws IOException, SQLException;
    }

    /** Failures of disks, connections and permissions are the operator's to fix, and a command reports them. */
    private Summary translated(String failed, Copy copy) {
        try {
            return copy.run();
        } catch (SQLException | IOException failure) {
            // An error of the server while rows are copied arrives in an IOException.
            throw new StartRefusal(failed + ": " + reason(failure) + ".", "Correct the cause, and repeat the command.");
        } finally {
            // The settings of the session would otherwise remain in pooled connections.
            if (source instanceof HikariDataSource pool && pool.isRunning()) {
                pool.getHikariPoolMXBean().softEvictConnections();
            }
        }
    }

    private static String reason(Exception failure) {
        Throwable cause = NestedExceptionUtils.getMostSpecificCause(failure);
        if (cause instanceof FileSystemException file) {
            return file.getClass().getSimpleName().replace("Exception", "") + " " + file.getMessage();
        }
        @Nullable String message = cause.getMessage();
        return message == null
                ? cause.toString()
                : message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
    }
}
