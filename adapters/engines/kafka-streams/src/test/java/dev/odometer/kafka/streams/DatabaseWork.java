package dev.odometer.kafka.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/**
 * What a PostgreSQL server has done.
 *
 * @param walBytes bytes written to its log since its start
 * @param cpuTicks of the open connections to a database. Autovacuum is not part of it, since it works later and in any
 *     database
 */
record DatabaseWork(long walBytes, long cpuTicks) {

    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;

    static DatabaseWork of(DataSource source, String database) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement()) {
            long ticks = 0;
            try (ResultSet rows = statement.executeQuery("select pid from pg_stat_activity where datname = '" + database
                    + "' and backend_type = 'client backend' and pid <> pg_backend_pid()")) {
                while (rows.next()) {
                    ticks += ticks(rows.getLong(1));
                }
            }
            try (ResultSet row = statement.executeQuery("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn")) {
                row.next();
                return new DatabaseWork(row.getLong(1), ticks);
            }
        }
    }

    private static long ticks(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]);
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    DatabaseWork since(DatabaseWork before) {
        return new DatabaseWork(walBytes - before.walBytes, cpuTicks - before.cpuTicks);
    }
}
