package dev.odometer.postgres.archive;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.NamedSql;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.UncategorizedSQLException;

/** The rows of archived files and of their blocks. */
final class Parts {

    private static final String LOCK_NOT_AVAILABLE = "55P03";

    private static final String INSERT = """
            insert into archive_part (id, container, key, day, events, bytes, unpacked, sha256, first_at, last_at,
                last_position, lowest_position, archived_at)
            values (:id, :container, :key, :day, :events, :bytes, :unpacked, :sha256, :firstAt, :lastAt,
                :lastPosition, :lowestPosition, :now)
            """;
    private static final NamedSql INSERT_BLOCKS = new NamedSql("""
            insert into archive_block (part, start, length, digest, first_at, first_position, last_at, last_position)
            select :part, b.*
            from unnest(:start, :length::int[], :digest, :first_at, :first_position, :last_at, :last_position) as b
            """);
    private static final String EXTEND_RANGE = """
            update archive_range set first_at = least(first_at, :firstAt), last_at = greatest(last_at, :lastAt)
            """;

    private static final String IDS = """
            select id from archive_part where day >= :from and day < :to order by day, id
            """;
    private static final String FIND = """
            select id, container, key, day, events, sha256 from archive_part where id = :id
            """;
    private static final String BLOCKS = """
            select start, length, digest, first_at, first_position, last_at, last_position
            from archive_block where part = :id order by start
            """;

    private final Database database;

    Parts(Database database) {
        this.database = database;
    }

    /** A file of events of one day. */
    record Part(long id, FileName file, Instant day) {}

    /** A file that the database refers to, with its blocks in their order. */
    record Stored(Part part, long events, String sha256, List<Block> blocks) {

        FileName file() {
            return part.file();
        }
    }

    /** A new file of events of a day, which is deleted unless a transaction keeps it. */
    Part begin(Instant day, Leftovers leftovers, LongFunction<FileName> name) {
        return database.write(() -> {
            long number = database.sql()
                    .sql("select nextval('archive_file_number')")
                    .query(Long.class)
                    .single();
            FileName file = name.apply(number);
            leftovers.note(file, database.clock().instant());
            return new Part(number, file, day);
        });
    }

    /** The files of the days in a range, in seconds since 1970, the oldest day first. */
    List<Long> ids(long from, long to) {
        return database.read(() -> database.sql()
                .sql(IDS)
                .param("from", from)
                .param("to", to)
                .query(Long.class)
                .list());
    }

    /** The file of that number; empty if it was removed or replaced. */
    Optional<Stored> find(long id) {
        return database.read(() -> database.sql()
                .sql(FIND)
                .param("id", id)
                .query((row, n) -> new Stored(
                        new Part(
                                id,
                                new FileName(row.getString("container"), row.getString("key")),
                                Instant.ofEpochSecond(row.getLong("day"))),
                        row.getLong("events"),
                        row.getString("sha256"),
                        database.sql()
                                .sql(BLOCKS)
                                .param("id", id)
                                .query((block, m) -> Block.of(block))
                                .list()))
                .optional());
    }

    /** Removes the row of a file and those of its blocks. */
    void remove(Stored stored) {
        database.sql()
                .sql("delete from archive_part where id = :id")
                .param("id", stored.part().id())
                .update();
    }

    /**
     * Runs a change of the archive in one snapshot, and one change at a time. A table is locked, and not a key, because its
     * lock needs no snapshot: the snapshot is taken after the change before it has committed.
     */
    <T> T change(Supplier<T> work) {
        return database.writeLong(() -> {
            database.sql()
                    .sql("set transaction isolation level repeatable read")
                    .update();
            // Between two statements, the store may take longer than a connection may be idle.
            database.sql()
                    .sql("set local idle_in_transaction_session_timeout = '10min'")
                    .update();
            lock();
            return work.get();
        });
    }

    private void lock() {
        try {
            database.sql()
                    .sql("lock table archive_part in share row exclusive mode nowait")
                    .update();
        } catch (UncategorizedSQLException failure) {
            SQLException cause = failure.getSQLException();
            if (cause != null && LOCK_NOT_AVAILABLE.equals(cause.getSQLState())) {
                throw Refusal.unavailable("another process is changing the archive", failure);
            }
            throw failure;
        }
    }

    void insert(Part part, BlockWriter.Written written) {
        List<Block> blocks = written.blocks();
        database.sql()
                .sql(INSERT)
                .param("id", part.id())
                .param("container", part.file().container())
                .param("key", part.file().key())
                .param("day", part.day().getEpochSecond())
                .param("events", written.events())
                .param("bytes", written.bytes())
                .param("unpacked", written.unpacked())
                .param("sha256", written.sha256())
                .param("firstAt", written.first().happenedAt())
                .param("lastAt", written.last().happenedAt())
                .param("lastPosition", written.last().position())
                .param("lowestPosition", written.lowestPosition())
                .param("now", Micros.of(database.clock().instant()))
                .update();
        database.query(
                INSERT_BLOCKS,
                Map.of(
                        "part", part.id(),
                        "start", column(blocks, Block::start),
                        "length", blocks.stream().mapToInt(Block::length).toArray(),
                        "digest", blocks.stream().map(Block::digest).toArray(byte[][]::new),
                        "first_at", column(blocks, block -> block.first().happenedAt()),
                        "first_position", column(blocks, block -> block.first().position()),
                        "last_at", column(blocks, block -> block.last().happenedAt()),
                        "last_position", column(blocks, block -> block.last().position())),
                row -> {});
        extendRange(written.first().happenedAt(), written.last().happenedAt());
    }

    private static long[] column(List<Block> blocks, ToLongFunction<Block> column) {
        return blocks.stream().mapToLong(column).toArray();
    }

    /** Notes that events of this range are no longer in the event table. */
    void extendRange(long firstAt, long lastAt) {
        database.sql()
                .sql(EXTEND_RANGE)
                .param("firstAt", firstAt)
                .param("lastAt", lastAt)
                .update();
    }

    /** The description of a file for people and other programs. */
    static byte[] manifest(Part part, BlockWriter.Written written) {
        var manifest = new LinkedHashMap<String, Object>();
        manifest.put("file", part.file().key().substring(part.file().key().lastIndexOf('/') + 1));
        manifest.put("format", "CloudEvents 1.0, NDJSON, zstd");
        manifest.put("day", LocalDate.ofInstant(part.day(), ZoneOffset.UTC).toString());
        manifest.put("events", written.events());
        manifest.put("firstTime", Micros.toInstant(written.first().happenedAt()).toString());
        manifest.put("lastTime", Micros.toInstant(written.last().happenedAt()).toString());
        manifest.put("bytes", written.bytes());
        manifest.put("uncompressedBytes", written.unpacked());
        manifest.put("sha256", written.sha256());
        manifest.put("blocks", written.blocks().size());
        return (DataJson.write(manifest) + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
