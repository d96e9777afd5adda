package dev.odometer.postgres.export;

import dev.odometer.metering.export.Export;
import dev.odometer.metering.export.ExportRequest;
import dev.odometer.metering.export.ExportRequest.Format;
import dev.odometer.metering.export.ExportedFile;
import dev.odometer.metering.export.Exports;
import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Texts;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Exports in PostgreSQL. The unique key, a digest of the request, deduplicates equal requests. */
public final class PostgresExports implements Exports {

    private static final String ADD = """
            insert into usage_export (id, key, request, status, reason, files, attempts, created_at, finished_at)
            values (:id, :key, :request, :status, :reason, :files, :attempts, :createdAt, :finishedAt)
            on conflict (key) do nothing
            """;
    private static final String REPLACE = """
            update usage_export
            set status = :status, reason = :reason, files = :files, attempts = :attempts, finished_at = :finishedAt
            where id = :id
            """;
    // '~' sorts after every ULID, so the first page has no upper bound.
    private static final String PAGE =
            "select * from usage_export where id < coalesce(:before, '~') order by id desc limit :limit";
    // Fewest attempts first, so that an export that keeps failing does not block the others.
    private static final String PENDING =
            "select * from usage_export where status = 'PENDING' order by attempts, id limit 1";
    private static final String REMOVE = """
            delete from usage_export where id in (
                select id from usage_export where finished_at < :before order by finished_at limit :limit)
            """;

    private final Database database;

    public PostgresExports(Database database) {
        this.database = database;
    }

    /** The stored JSON form of a request; the time zone by its id. */
    private record StoredRequest(
            Instant from,
            Instant to,
            WindowSize windowSize,
            String zone,
            List<String> meters,
            Format format,
            int revision) {

        static StoredRequest of(ExportRequest request) {
            return new StoredRequest(
                    request.from(),
                    request.to(),
                    request.windowSize(),
                    request.zone().getId(),
                    request.meters(),
                    request.format(),
                    request.revision());
        }

        ExportRequest request() {
            return new ExportRequest(from, to, windowSize, ZoneId.of(zone), meters, format, revision);
        }

        byte[] key() {
            return new Digest()
                    .of(
                            from.toString(),
                            to.toString(),
                            windowSize.name(),
                            zone,
                            String.join(",", meters),
                            format.name(),
                            String.valueOf(revision));
        }
    }

    /** The stored JSON form of the list of files. */
    private record StoredFiles(List<ExportedFile> files) {}

    @Override
    public Export add(Export export) {
        StoredRequest stored = StoredRequest.of(export.request());
        return database.write(() -> {
            database.sql()
                    .sql(ADD)
                    .param("id", export.id())
                    .param("key", stored.key())
                    .param("request", DataJson.write(stored))
                    .param("status", export.status().name())
                    .param("reason", export.reason())
                    .param("files", DataJson.write(new StoredFiles(export.files())))
                    .param("attempts", export.attempts())
                    .param("createdAt", Micros.of(export.createdAt()))
                    .param("finishedAt", Micros.ofNullable(export.finishedAt()))
                    .update();
            return database.sql()
                    .sql("select * from usage_export where key = :key")
                    .param("key", stored.key())
                    .query((row, n) -> export(row))
                    .single();
        });
    }

    @Override
    public Optional<Export> find(String id) {
        return database.read(() -> database.sql()
                .sql("select * from usage_export where id = :id")
                .param("id", Texts.key(id))
                .query((row, n) -> export(row))
                .optional());
    }

    @Override
    public List<Export> list(@Nullable String before, int limit) {
        return database.read(() -> database.sql()
                .sql(PAGE)
                .param("before", before == null ? null : Texts.key(before))
                .param("limit", limit)
                .query((row, n) -> export(row))
                .list());
    }

    @Override
    public Optional<Export> nextPending() {
        return database.read(
                () -> database.sql().sql(PENDING).query((row, n) -> export(row)).optional());
    }

    @Override
    public void replace(Export export) {
        database.write(() -> database.sql()
                .sql(REPLACE)
                .param("id", export.id())
                .param("status", export.status().name())
                .param("reason", export.reason())
                .param("files", DataJson.write(new StoredFiles(export.files())))
                .param("attempts", export.attempts())
                .param("finishedAt", Micros.ofNullable(export.finishedAt()))
                .update());
    }

    @Override
    public int removeFinished(Instant before, int limit) {
        return database.removeOlderThan(REMOVE, before, limit);
    }

    private static Export export(ResultSet row) throws SQLException {
        return new Export(
                row.getString("id"),
                DataJson.value(row.getString("request"), StoredRequest.class).request(),
                Export.Status.valueOf(row.getString("status")),
                row.getString("reason"),
                DataJson.value(row.getString("files"), StoredFiles.class).files(),
                row.getInt("attempts"),
                Micros.toInstant(row.getLong("created_at")),
                Micros.toInstant(row, "finished_at"));
    }
}
