package dev.odometer.postgres.archive;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads archived events. The index of the blocks is read in the snapshot of the caller, which therefore finds each event
 * either in the event table or in the archive.
 */
public final class ArchivedEvents {

    private static final long DAY_SECONDS = 86_400;

    private static final String COLUMNS = """
            select p.container, p.key, b.start, b.length, b.digest, b.first_at, b.first_position, b.last_at, b.last_position
            from archive_block b join archive_part p on p.id = b.part
            """;
    private static final String OF_RANGE = COLUMNS + """
            where p.day > :from / 1000000 - :daySeconds and p.day <= :to / 1000000
                and b.first_at < :to and b.last_at >= :from
            order by b.part, b.start
            """;
    private static final String AFTER = COLUMNS + """
            where (b.last_at, b.last_position) > (:at, :position) and p.lowest_position <= :upTo
            order by b.first_at, b.first_position limit :limit
            """;
    private static final String PENDING = """
            select count(*) filter (where (last_at, last_position) > (:at, :position)) as pending, count(*) as files,
                count(*) filter (where (last_at, last_position) > (:at, :position)
                    and first_at < :to and last_at >= :from) as needed
            from archive_part where lowest_position <= :upTo
            """;

    private final Database database;
    private final Supplier<ArchiveFiles> files;

    public ArchivedEvents(Database database, Supplier<ArchiveFiles> files) {
        this.database = database;
        this.files = files;
    }

    /** A range of time, {@code from <= t < to}, in microseconds since 1970. */
    public record Span(long from, long to) {

        boolean contains(long micros) {
            return micros >= from && micros < to;
        }
    }

    private record Located(FileName file, Block block) {

        static Located of(ResultSet row) throws SQLException {
            return new Located(new FileName(row.getString("container"), row.getString("key")), Block.of(row));
        }
    }

    /**
     * Reads the archived events in a range of less than a day.
     *
     * @throws Refusal CONFLICT when there is no file store; UNAVAILABLE when a file cannot be read
     */
    public void read(Span span, Consumer<StoredEvent> reader) {
        List<Located> blocks = database.sql()
                .sql(OF_RANGE)
                .param("from", span.from())
                .param("to", span.to())
                .param("daySeconds", DAY_SECONDS)
                .query((row, n) -> Located.of(row))
                .list();
        for (Located one : blocks) {
            files.get().read(one.file(), one.block(), event -> {
                if (span.contains(event.happenedAt())) {
                    reader.accept(event);
                }
            });
        }
    }

    /**
     * The next part of the archive in the order of time. Call it in the snapshot that reads the event table, and {@link
     * Chunk#read} outside of it.
     *
     * @param after events up to this key are not needed
     * @param upTo events of later positions are not needed
     */
    public Chunk next(EventKey after, long upTo) {
        List<Located> blocks = database.sql()
                .sql(AFTER)
                .param("at", after.happenedAt())
                .param("position", after.position())
                .param("upTo", upTo)
                .param("limit", Chunk.MAX_BLOCKS)
                .query((row, n) -> Located.of(row))
                .list();
        // The blocks around the key, one of each file of that time, and one more.
        var needed = new ArrayList<Located>();
        int begun = 0;
        for (Located one : blocks) {
            boolean isLater = one.block().first().compareTo(after) > 0;
            if (isLater && begun > 0) {
                return new Chunk(files.get(), needed, one.block().first());
            }
            begun += isLater ? 1 : 0;
            needed.add(one);
        }
        if (blocks.size() == Chunk.MAX_BLOCKS) {
            throw new IllegalStateException("too many archived files have events of one time: " + after);
        }
        return new Chunk(files.get(), needed, EventKey.MAX);
    }

    /** Blocks with all archived events between a key and {@link #end}, which is excluded. */
    public static final class Chunk {

        private static final int MAX_BLOCKS = 1000;

        private final ArchiveFiles files;
        private final List<Located> blocks;
        private final EventKey end;

        private Chunk(ArchiveFiles files, List<Located> blocks, EventKey end) {
            this.files = files;
            this.blocks = blocks;
            this.end = end;
        }

        /** The key before which all events are in these blocks; {@link EventKey#MAX} in the last chunk. */
        public EventKey end() {
            return end;
        }

        /** Reads all events of the blocks, also those that are not needed. */
        public void read(Consumer<StoredEvent> reader) {
            blocks.forEach(one -> files.read(one.file(), one.block(), reader));
        }
    }

    /**
     * Refuses a list that has no events because all of its time is archived.
     *
     * @param latest the list has no events after this time
     * @throws Refusal CONFLICT with the boundary
     */
    public static void requireNotArchived(Database database, Instant latest) {
        database.sql()
                .sql("select (max(day) + :daySeconds) * 1000000 as boundary from archive_part")
                .param("daySeconds", DAY_SECONDS)
                .query((ResultSet row) -> {
                    Instant boundary = Micros.toInstant(row, "boundary");
                    if (boundary != null && !latest.isAfter(boundary)) {
                        throw Refusal.conflict("the events before " + boundary
                                + " are archived: they count, but are in files and not in this list");
                    }
                });
    }

    /**
     * Refuses a read that needs archived events which the backfill of a meter has not counted yet.
     *
     * @param reached the key that the backfill has reached
     * @param upTo the last position before the meter
     * @throws Refusal UNAVAILABLE with the progress
     */
    public static void requireCounted(Database database, EventKey reached, long upTo, Span span) {
        database.sql()
                .sql(PENDING)
                .param("at", reached.happenedAt())
                .param("position", reached.position())
                .param("upTo", upTo)
                .param("from", span.from())
                .param("to", span.to())
                .query((ResultSet row) -> {
                    if (row.getLong("needed") > 0) {
                        long files = row.getLong("files");
                        throw Refusal.unavailable("the meter has not counted the archive completely yet: "
                                + (files - row.getLong("pending")) + " of " + files + " archived files are counted");
                    }
                });
    }
}
