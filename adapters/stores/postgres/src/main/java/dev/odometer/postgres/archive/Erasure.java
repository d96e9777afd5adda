package dev.odometer.postgres.archive;

import dev.odometer.functions.archive.ArchiveMaintenance.Changed;
import dev.odometer.postgres.jdbc.DataJson;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Deletes the events of a subject. Their keys stay, so that a repeat is not counted, and their range of time, which bounds the
 * windows of queries. First those in the table, one day after another: what is archived meanwhile is found in the files then.
 */
final class Erasure implements PartChanges.Change {

    private static final long DAY_MICROS = 86_400 * Micros.SECOND;
    private static final int FETCH = 2000;

    private static final String NEXT = """
            select happened_at from usage_event where happened_at >= :from order by happened_at, position limit 1
            """;
    private static final String HAS_EVENTS = """
            select exists (select from usage_event
                where happened_at >= :from and happened_at < :to and subject = :subject)
            """;
    private static final String DELETE = """
            with erased as (
                delete from usage_event where key = any (array(select key from usage_event
                    where happened_at >= :from and happened_at < :to and subject = :subject limit :limit))
                returning key, happened_at
            )
            select key, happened_at from erased
            """;

    private final Database database;
    private final ArchiveFiles files;
    private final ArchiveLimits limits;
    private final String subject;
    /** How the subject is written in a line, which is faster to search than to parse. It may also occur in data. */
    private final String written;

    private final Parts parts;
    private final Identities identities;
    private final Leftovers leftovers;
    private Optional<Parts.Part> replacement = Optional.empty();

    Erasure(Database database, ArchiveFiles files, ArchiveLimits limits, String subject) {
        this.database = database;
        this.files = files;
        this.limits = limits;
        this.subject = subject;
        String object = DataJson.write(Map.of("subject", subject));
        written = object.substring(1, object.length() - 1);
        parts = new Parts(database);
        identities = new Identities(database, limits.era());
        leftovers = new Leftovers(database, files);
    }

    Changed run(Consumer<String> progress) {
        long inTable = eraseInTable();
        progress.accept("the database: " + inTable + " events");
        Changed inFiles =
                new PartChanges(parts, leftovers).run(parts.ids(Long.MIN_VALUE, Long.MAX_VALUE), this, progress);
        return new Changed(inTable + inFiles.events(), inFiles.files(), inFiles.problems());
    }

    private long eraseInTable() {
        long erased = 0;
        for (Optional<Long> day = day(Long.MIN_VALUE); day.isPresent(); day = day(day.get() + DAY_MICROS)) {
            long from = day.get();
            while (hasEvents(from)) {
                identities.enable();
                erased += parts.change(() -> eraseIn(from));
            }
        }
        return erased;
    }

    /** The first day with events. */
    private Optional<Long> day(long from) {
        return database.read(() -> database.sql()
                        .sql(NEXT)
                        .param("from", from)
                        .query(Long.class)
                        .optional())
                .map(first -> Math.floorDiv(first, DAY_MICROS) * DAY_MICROS);
    }

    private boolean hasEvents(long from) {
        return database.writeLong(() -> database.sql()
                .sql(HAS_EVENTS)
                .param("from", from)
                .param("to", from + DAY_MICROS)
                .param("subject", subject)
                .query(Boolean.class)
                .single());
    }

    private long eraseIn(long from) {
        var keys = new KeySet();
        var first = new AtomicLong(Long.MAX_VALUE);
        var last = new AtomicLong(Long.MIN_VALUE);
        database.sql()
                .sql(DELETE)
                .withFetchSize(FETCH)
                .param("from", from)
                .param("to", from + DAY_MICROS)
                .param("subject", subject)
                .param("limit", limits.events())
                .query((ResultSet row) -> {
                    keys.add(row.getBytes("key"));
                    first.accumulateAndGet(row.getLong("happened_at"), Math::min);
                    last.accumulateAndGet(row.getLong("happened_at"), Math::max);
                });
        if (keys.size() > 0) {
            identities.add(keys);
            parts.extendRange(first.get(), last.get());
        }
        return keys.size();
    }

    private boolean isOfSubject(String line) {
        return line.contains(written) && EventLine.parse(line).event().subject().equals(subject);
    }

    @Override
    public boolean prepare(Parts.Stored part) {
        var erased = new AtomicLong();
        part.blocks()
                .forEach(block -> files.readLines(part.file(), block, line -> {
                    if (isOfSubject(line)) {
                        erased.incrementAndGet();
                    }
                }));
        boolean hasOthers = erased.get() < part.events();
        replacement = erased.get() > 0 && hasOthers
                ? Optional.of(parts.begin(
                        part.part().day(), leftovers, number -> ArchiveFiles.nameBeside(part.file(), number)))
                : Optional.empty();
        return erased.get() > 0;
    }

    @Override
    public long apply(Parts.Stored part) {
        long kept = replacement.map(to -> write(part, to)).orElse(0L);
        parts.remove(part);
        leftovers.noteReplaced(part.file());
        return part.events() - kept;
    }

    /** Writes the events of the others to a new file, and returns their number. */
    private long write(Parts.Stored from, Parts.Part to) {
        var content = new AtomicReference<BlockWriter.@Nullable Written>();
        files.required().write(to.file(), ArchiveFiles.MEDIA_TYPE, out -> content.set(copy(from, out)));
        BlockWriter.Written copied = Objects.requireNonNull(content.get());
        files.complete(to, copied);
        parts.insert(to, copied);
        leftovers.keep(to.file());
        return copied.events();
    }

    private BlockWriter.Written copy(Parts.Stored from, OutputStream out) throws IOException {
        var writer = new BlockWriter(out, limits.block());
        try {
            from.blocks()
                    .forEach(block -> files.read(from.file(), block, event -> {
                        if (!event.event().subject().equals(subject)) {
                            writer.addUnchecked(event);
                        }
                    }));
        } catch (UncheckedIOException failure) {
            throw failure.getCause();
        }
        return writer.finish();
    }
}
