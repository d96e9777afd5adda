package dev.odometer.postgres.imports;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.imports.FileVersion;
import dev.odometer.metering.imports.ImportSearch;
import dev.odometer.metering.imports.Imports;
import dev.odometer.metering.imports.Lease;
import dev.odometer.metering.imports.RejectedLine;
import dev.odometer.metering.imports.Step;
import dev.odometer.metering.imports.UsageImport;
import dev.odometer.metering.imports.UsageImport.Status;
import dev.odometer.metering.resource.Page;
import dev.odometer.postgres.jdbc.Conditions;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.Rows;
import dev.odometer.postgres.jdbc.Texts;
import dev.odometer.postgres.usage.EventWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Imports in PostgreSQL. A step locks the row of its import until the commit. A run that has lost its lease changes no
 * row.
 */
public final class PostgresImports implements Imports {

    /**
     * The first key of the lock on a file; the second key is a hash of its name. Locks with two keys are in a space
     * apart from locks with one.
     */
    private static final int FILES = 0x0D0;

    private static final String FAIL_OTHER_VERSIONS = """
            update usage_import set status = 'FAILED', ended = true, reason = :reason, holder = null, held_until = null,
                updated_at = :now, finished_at = :now
             where file = :file and version <> :version and status = 'RUNNING' returning id
            """;
    private static final String INSERT = """
            insert into usage_import (id, file, container, key, version, size, status, ended, earlier_id, position, line,
                read, lines, counted, repeated, rejected, worked, holder, held_until, started_at, updated_at)
            values (:id, :file, :container, :key, :version, :size, 'RUNNING', false, (
                    select id from usage_import where file = :file order by started_at desc, id desc limit 1
                ), 0, 0, 0, 0, 0, 0, 0, 0, :holder, :until, :now, :now)
            on conflict (file, version) do nothing
            """;
    private static final String RESTART = """
            update usage_import i set status = 'RUNNING', ended = false, reason = null, earlier_id = (
                    select id from usage_import e where e.file = :file and e.version <> :version
                     order by started_at desc, id desc limit 1
                ), position = 0, line = 0, read = 0, lines = 0, counted = 0, repeated = 0, rejected = 0, worked = 0,
                holder = :holder, held_until = :until, started_at = :now, updated_at = :now, finished_at = null
             where file = :file and version = :version and status = 'FAILED'
            """;
    private static final String TAKE_LEASE = """
            update usage_import set holder = :holder, held_until = :until
             where file = :file and version = :version and status = 'RUNNING'
               and (holder is null or held_until <= :now or held_until > :implausible)
            """;
    private static final String ADVANCE = """
            update usage_import set ended = :ended, reason = :reason, position = :position, line = :line,
                read = greatest(read, :read), lines = lines + :looked, counted = counted + :counted,
                repeated = repeated + :repeated, rejected = rejected + :rejected, worked = worked + :worked,
                held_until = :until, updated_at = :now
             where id = :id and holder = :holder and status = 'RUNNING'
            """;
    private static final String INSERT_REJECTED = """
            insert into usage_import_rejected (import_id, line, reason, text)
            select :id, r.line, r.reason, r.text from unnest(:lines, :reasons, :texts) as r (line, reason, text)
            on conflict (import_id, line) do nothing
            """;
    private static final String FINISH = """
            update usage_import set status = case when reason is null then 'DONE' else 'FAILED' end, ended = true,
                holder = null, held_until = null, updated_at = :now, finished_at = :now
             where id = :id and holder = :holder and status = 'RUNNING'
            """;
    // The outer conditions are evaluated again if a run restarts the import meanwhile. The index is by start, and no
    // import ends before its start.
    private static final String REMOVE = """
            delete from usage_import where finished_at < :before and status <> 'RUNNING' and id in (
                select id from usage_import where started_at < :before and finished_at < :before and status <> 'RUNNING'
                 order by started_at limit :limit)
            """;

    private final Database database;
    private final Supplier<EventWriter> writer;

    public PostgresImports(Database database, Supplier<EventWriter> writer) {
        this.database = database;
        this.writer = writer;
    }

    @Override
    public Optional<UsageImport> take(String id, FileVersion file, Lease lease) {
        byte[] key = new Digest().of(file.name().container(), file.name().key());
        Map<String, Object> wanted = parameters(lease);
        wanted.put("id", id);
        wanted.put("file", key);
        wanted.put("container", file.name().container());
        wanted.put("key", file.name().key());
        wanted.put("version", file.version());
        wanted.put("size", file.size());
        wanted.put("reason", REPLACED_REASON);
        wanted.put("implausible", Micros.of(lease.latestPlausibleEnd()));
        return database.writeLong(() -> {
            // Serializes runs for the same file, so that of two versions that arrive concurrently, the later one finds
            // the row of the other.
            database.sql()
                    .sql("select pg_advisory_xact_lock(:files, :file)")
                    .param("files", FILES)
                    .param("file", ByteBuffer.wrap(key).getInt())
                    .query(row -> {});
            failOtherVersions(wanted);
            // A new version, a failed one that is imported again, or a running one whose lease is free or has expired.
            boolean isTaken = update(INSERT, wanted) || update(RESTART, wanted) || update(TAKE_LEASE, wanted);
            if (!isTaken && update(INSERT, wanted)) { // Retention has deleted it since the first attempt.
                isTaken = true;
            }
            UsageImport existing = one("file = :file and version = :version", wanted);
            return isTaken || existing.status() == Status.DONE ? Optional.of(existing) : Optional.empty();
        });
    }

    @Override
    public void abandon(FileName file, String reason, Instant now) {
        // No version is empty, so this matches all versions.
        Map<String, Object> parameters = Map.of(
                "file",
                new Digest().of(file.container(), file.key()),
                "version",
                "",
                "reason",
                Texts.storable(reason),
                "now",
                Micros.of(now));
        database.write(() -> {
            failOtherVersions(parameters);
            return true;
        });
    }

    private static Map<String, Object> parameters(Lease lease) {
        var parameters = new HashMap<String, Object>();
        parameters.put("holder", lease.holder());
        parameters.put("now", Micros.of(lease.now()));
        parameters.put("until", Micros.of(lease.until()));
        return parameters;
    }

    private boolean update(String sql, Map<String, ?> parameters) {
        return database.sql().sql(sql).params(parameters).update() == 1;
    }

    private UsageImport one(String condition, Map<String, ?> parameters) {
        return database.sql()
                .sql("select * from usage_import where " + condition)
                .params(parameters)
                .query((row, n) -> StoredImport.of(row))
                .single();
    }

    private void failOtherVersions(Map<String, ?> wanted) {
        database.sql()
                .sql(FAIL_OTHER_VERSIONS)
                .params(wanted)
                .query(String.class)
                .list()
                .forEach(this::deleteRejected);
    }

    private void deleteRejected(String id) {
        database.sql()
                .sql("delete from usage_import_rejected where import_id = :id")
                .param("id", id)
                .update();
    }

    @Override
    public UsageImport advance(String id, Lease lease, Step step, Runnable turn) {
        Function<BitSet, UsageImport> move = isNew -> {
            turn.run();
            return move(id, lease, step, isNew.cardinality());
        };
        return step.events().isEmpty()
                ? database.write(() -> move.apply(new BitSet()))
                : writer.get().write(step.events(), move);
    }

    private UsageImport move(String id, Lease lease, Step step, int isNew) {
        Map<String, Object> moved = parameters(lease);
        moved.put("id", id);
        moved.put("ended", step.ended());
        moved.put("reason", step.reason() == null ? null : Texts.storable(step.reason()));
        moved.put("position", step.position());
        moved.put("line", step.line());
        moved.put("read", step.read());
        moved.put("looked", step.events().size() + step.rejected().size());
        moved.put("counted", isNew);
        moved.put("repeated", step.events().size() - isNew);
        moved.put("rejected", step.rejected().size());
        moved.put("worked", step.worked().toNanos() / 1000);
        checkLease(id, update(ADVANCE, moved));
        if (!step.rejected().isEmpty()) {
            insertRejected(id, step.rejected());
        }
        return one("id = :id", Map.of("id", id));
    }

    private static void checkLease(String id, boolean isHolder) {
        if (!isHolder) {
            throw Refusal.conflict("another run holds the lease of this import: " + id);
        }
    }

    private void insertRejected(String id, List<RejectedLine> lines) {
        database.sql()
                .sql(INSERT_REJECTED)
                .param("id", id)
                .param("lines", lines.stream().map(RejectedLine::line).toArray(Long[]::new))
                .param(
                        "reasons",
                        lines.stream()
                                .map(line -> Texts.storable(line.reason()))
                                .toArray(String[]::new))
                .param(
                        "texts",
                        lines.stream().map(line -> Texts.storable(line.text())).toArray(String[]::new))
                .update();
    }

    @Override
    public void release(String id, Lease lease) {
        database.write(() -> update("""
                update usage_import set holder = null, held_until = null where id = :id and holder = :holder
                """, Map.of("id", id, "holder", lease.holder())));
    }

    @Override
    public List<RejectedLine> rejected(String id, long afterLine, int limit) {
        return database.read(() -> database.sql()
                .sql("""
                        select line, reason, text from usage_import_rejected
                         where import_id = :id and line > :after order by line limit :limit
                        """)
                .param("id", id)
                .param("after", afterLine)
                .param("limit", limit)
                .query((row, n) ->
                        new RejectedLine(row.getLong("line"), row.getString("reason"), row.getString("text")))
                .list());
    }

    @Override
    public UsageImport finish(String id, Lease lease) {
        Map<String, Object> finished = parameters(lease);
        finished.put("id", id);
        return database.write(() -> {
            checkLease(id, update(FINISH, finished));
            deleteRejected(id);
            return one("id = :id", finished);
        });
    }

    @Override
    public Optional<UsageImport> find(String id) {
        return database.read(() -> database.sql()
                .sql("select * from usage_import where id = :id")
                .param("id", Texts.key(id))
                .query((row, n) -> StoredImport.of(row))
                .optional());
    }

    @Override
    public int removeFinished(Instant before, int limit) {
        return database.removeOlderThan(REMOVE, before, limit);
    }

    @Override
    public Page<UsageImport> list(ImportSearch search) {
        var conditions = new Conditions();
        if (search.status() != null) {
            conditions.add("status = " + conditions.parameter(search.status().name()));
        }
        return new Rows<>("*", "usage_import", "started_at desc, id desc", StoredImport::of)
                .page(database, conditions, search.page());
    }
}
