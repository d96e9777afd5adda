package dev.odometer.benchmarks;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.odometer.metering.usage.UsageCompression;
import dev.odometer.postgres.PostgresStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;

/**
 * The bytes on disk per event, by table, of events spread over 90 days: before and after the compression of all of those
 * days. The limit is the size of the events as JSON.
 */
final class DiskBenchmark {

    private static final String SIZES = """
            select c.relname, pg_total_relation_size(c.oid) as bytes
            from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where n.nspname = current_schema() and c.relkind = 'r' and pg_total_relation_size(c.oid) > 1000000
            order by bytes desc
            """;

    private DiskBenchmark() {}

    static void run(Path app) throws Exception {
        long events = Long.getLong("events", 10_000_000);
        Path folder = QueryBenchmark.folder(events);
        boolean isLoaded = Files.exists(folder);
        Files.createDirectories(folder);
        try (var service = Service.start(app, folder, "-Xmx256m")) {
            QueryBenchmark.load(service, events, isLoaded);
            var json = Load.batch(0, i -> Instant.EPOCH);
            double raw = (double) json.getBytes(StandardCharsets.UTF_8).length / Load.BATCH;
            Report.line("an event as JSON", raw, "bytes", "");
            try (Connection database = service.database();
                    Statement statement = database.createStatement()) {
                statement.execute("vacuum analyze");
                report(statement, "before compression", events, raw);
                compress(service, events);
                // Rewrites the tables. Without it, the space of deleted rows is used for new rows, not returned.
                statement.execute("vacuum full rollup_minute");
                statement.execute("vacuum full rollup_hour");
                statement.execute("vacuum analyze");
                report(statement, "after compression", events, raw);
            }
        }
    }

    private static void report(Statement statement, String when, long events, double raw) throws Exception {
        long total = 0;
        try (ResultSet row = statement.executeQuery(SIZES)) {
            while (row.next()) {
                long bytes = row.getLong("bytes");
                total += bytes;
                Report.line("  " + row.getString("relname") + ", " + when, (double) bytes / events, "bytes/event", "");
            }
        }
        Report.line("all tables, " + when, (double) total / events, "bytes/event", "");
        Report.line("  relative to the JSON", total / raw / events, "", "at most 2");
    }

    private static void compress(Service service, long events) throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl(service.databaseUrl());
        config.setUsername("postgres");
        config.setPassword(service.databasePassword());
        try (var source = new HikariDataSource(config)) {
            UsageCompression compression = new PostgresStore(source, Clock.systemUTC()).compression();
            long start = System.nanoTime();
            int left = compression.compress(Instant.now(), 1000);
            while (left > 0) {
                left = compression.compress(Instant.now(), 1000);
            }
            Report.line("compression of all days", events / ((System.nanoTime() - start) / 1e9), "events/s", "");
        }
    }
}
