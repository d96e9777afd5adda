package dev.odometer.postgres.archive;

import dev.odometer.functions.file.FileStore;
import dev.odometer.metering.archive.EventArchive;
import dev.odometer.postgres.event.EventRows;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Digest;
import dev.odometer.postgres.jdbc.Micros;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The archive of the events in PostgreSQL. One transaction reads the events of a file in one snapshot, writes and verifies the
 * file, and deletes the same events: a crash before its commit leaves only a file that no row refers to.
 */
public final class PostgresEventArchive implements EventArchive {

    private static final long DAY_MICROS = 86_400 * Micros.SECOND;
    /** Rows per fetch. Without it, the driver would load all events of the file into memory. */
    private static final int FETCH = 2000;

    private static final String FIRST = """
            select happened_at from usage_event where happened_at >= :from and happened_at < :to
            order by happened_at, position limit 1
            """;
    private static final String IS_WORTHWHILE = """
            select not exists (select from archive_hold where from_day <= :day and to_day > :day and until > :now)
                and (not exists (select from archive_part where day = :day)
                    or (select count(*) from (select from usage_event
                        where happened_at >= :from and happened_at < :to limit :late) e) >= :late)
            """;
    private static final String EVENTS = "select " + StoredEvent.COLUMNS + " from " + StoredEvent.TABLE + "\n" + """
            where happened_at >= :from and happened_at < :to order by happened_at, position limit :limit
            """;
    private static final String DELETE = """
            delete from usage_event
            where happened_at >= :from and happened_at <= :at and (happened_at, position) <= (:at, :position)
            """;

    private final Database database;
    private final ArchiveFiles files;
    private final ArchiveLimits limits;
    private final BooleanSupplier backfill;
    private final Parts parts;
    private final Identities identities;
    private final Leftovers leftovers;

    /** @param backfill runs a step of the backfills, and returns whether there may be more */
    public PostgresEventArchive(Database database, ArchiveFiles files, ArchiveLimits limits, BooleanSupplier backfill) {
        this.database = database;
        this.files = files;
        this.limits = limits;
        this.backfill = backfill;
        parts = new Parts(database);
        identities = new Identities(database, limits.era());
        leftovers = new Leftovers(database, files);
    }

    @Override
    public boolean count() {
        return backfill.getAsBoolean();
    }

    @Override
    public boolean archive(Instant before) {
        leftovers.delete();
        Optional<Instant> day = dueDay(Micros.of(before.truncatedTo(ChronoUnit.DAYS)));
        if (day.isEmpty()) {
            return false;
        }
        FileStore store = files.required();
        identities.enable();
        Parts.Part part = parts.begin(day.get(), leftovers, number -> files.name(day.get(), number));
        parts.change(() -> move(part, store));
        return true;
    }

    @Override
    public Changed restore(Period period, Consumer<String> progress) {
        return new Restore(database, files, identities, leftovers).run(period, progress);
    }

    @Override
    public Changed erase(String subject, Consumer<String> progress) {
        // A meter that has not counted the events yet would lack them.
        while (backfill.getAsBoolean()) {}
        return new Erasure(database, files, limits, subject).run(progress);
    }

    /**
     * The first day with events to archive, except days that were brought back. The few late-arriving events of a day
     * that is archived stay: a file for each of them would cost more than it saves.
     */
    private Optional<Instant> dueDay(long before) {
        long from = Long.MIN_VALUE;
        while (true) {
            long start = from;
            Optional<Long> first = database.read(() -> database.sql()
                    .sql(FIRST)
                    .param("from", start)
                    .param("to", before)
                    .query(Long.class)
                    .optional());
            if (first.isEmpty()) {
                return Optional.empty();
            }
            long day = Math.floorDiv(first.get(), DAY_MICROS) * DAY_MICROS;
            if (isWorthwhile(day)) {
                return Optional.of(Micros.toInstant(day));
            }
            from = day + DAY_MICROS;
        }
    }

    private boolean isWorthwhile(long day) {
        return database.read(() -> database.sql()
                .sql(IS_WORTHWHILE)
                .param("day", day / Micros.SECOND)
                .param("from", day)
                .param("to", day + DAY_MICROS)
                .param("late", limits.late())
                .param("now", Micros.of(database.clock().instant()))
                .query(Boolean.class)
                .single());
    }

    private boolean move(Parts.Part part, FileStore store) {
        var keys = new KeySet();
        var content = new Content(part, keys);
        store.write(part.file(), ArchiveFiles.MEDIA_TYPE, content);
        BlockWriter.Written written = Objects.requireNonNull(content.written);
        if (written.events() == 0) {
            // Another process has archived them meanwhile.
            return false;
        }
        files.complete(part, written);
        identities.add(keys);
        int deleted = database.sql()
                .sql(DELETE)
                .param("from", Micros.of(part.day()))
                .param("at", written.last().happenedAt())
                .param("position", written.last().position())
                .update();
        if (deleted != written.events()) {
            throw new IllegalStateException(
                    "the file has " + written.events() + " events, but " + deleted + " would be deleted");
        }
        parts.insert(part, written);
        leftovers.keep(part.file());
        return true;
    }

    /** Writes the events of a part as they are read from the database. */
    private final class Content implements FileStore.Content {

        private final Parts.Part part;
        private final KeySet keys;
        private final Digest digest = new Digest();
        private BlockWriter.@Nullable Written written;

        Content(Parts.Part part, KeySet keys) {
            this.part = part;
            this.keys = keys;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            var writer = new BlockWriter(out, limits.block());
            long from = Micros.of(part.day());
            try {
                database.sql()
                        .sql(EVENTS)
                        .withFetchSize(FETCH)
                        .param("from", from)
                        .param("to", from + DAY_MICROS)
                        .param("limit", limits.events())
                        .query((ResultSet row) -> add(writer, StoredEvent.of(row)));
            } catch (UncheckedIOException failure) {
                throw failure.getCause();
            }
            written = writer.finish();
        }

        private void add(BlockWriter writer, StoredEvent event) {
            keys.add(EventRows.key(digest, event.event()));
            writer.addUnchecked(event);
        }
    }
}
