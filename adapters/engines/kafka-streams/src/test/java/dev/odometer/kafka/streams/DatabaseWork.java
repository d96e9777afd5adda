package dev.odometer.kafka.streams;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import javax.sql.DataSource;

/**
 * What a PostgreSQL server has done since its start.
 *
 * @param walBytes bytes written to its log
 * @param cpuTicks of its processes, those that have ended included
 */
record DatabaseWork(long walBytes, long cpuTicks) {

    private static final int FIRST_TIME = 11;
    private static final int TIMES = 4;

    static DatabaseWork of(DataSource source) throws SQLException {
        try (Connection connection = source.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row =
                        statement.executeQuery("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint,"
                                + " (pg_read_file('postmaster.pid', 0, 20))")) {
            row.next();
            long postmaster =
                    Long.parseLong(row.getString(2).lines().findFirst().orElseThrow());
            return new DatabaseWork(row.getLong(1), ticks(postmaster));
        }
    }

    private static long ticks(long postmaster) {
        ProcessHandle server = ProcessHandle.of(postmaster).orElseThrow();
        return Stream.concat(Stream.of(server), server.children())
                .mapToLong(process -> ticksOf(process.pid()))
                .sum();
    }

    /** Of the process and its ended children. */
    private static long ticksOf(long process) {
        try {
            String stat = Files.readString(Path.of("/proc", String.valueOf(process), "stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            long ticks = 0;
            for (int i = FIRST_TIME; i < FIRST_TIME + TIMES; i++) {
                ticks += Long.parseLong(fields[i]);
            }
            return ticks;
        } catch (IOException ended) {
            throw new UncheckedIOException(ended);
        }
    }

    DatabaseWork since(DatabaseWork before) {
        return new DatabaseWork(walBytes - before.walBytes, cpuTicks - before.cpuTicks);
    }
}
