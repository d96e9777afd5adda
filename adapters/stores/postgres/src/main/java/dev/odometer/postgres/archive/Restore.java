package dev.odometer.postgres.archive;

import dev.odometer.functions.archive.ArchiveMaintenance.Changed;
import dev.odometer.functions.archive.ArchiveMaintenance.Period;
import dev.odometer.postgres.event.RestoredRows;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings the events of archived files back into the event table. Memory holds a block, and the number of the attributes of each
 * event of the file. The range of archived events stays as it is: it bounds the windows of queries, and may be too large.
 */
final class Restore implements PartChanges.Change {

    private static final String HOLD = """
            with expired as (delete from archive_hold where until <= :now)
            insert into archive_hold (from_day, to_day, until) values (:from, :to, :until)
            on conflict (from_day, to_day) do update set until = excluded.until
            """;

    private final Database database;
    private final ArchiveFiles files;
    private final Identities identities;
    private final Leftovers leftovers;
    private final RestoredRows rows;
    private final List<long[]> attributes = new ArrayList<>();

    Restore(Database database, ArchiveFiles files, Identities identities, Leftovers leftovers) {
        this.database = database;
        this.files = files;
        this.identities = identities;
        this.leftovers = leftovers;
        rows = new RestoredRows(database);
    }

    Changed run(Period period, Consumer<String> progress) {
        long from = period.from().getEpochSecond();
        long to = period.to().getEpochSecond();
        // First: the schedule would otherwise archive the first days again before the last ones are back.
        database.write(() -> database.sql()
                .sql(HOLD)
                .param("now", Micros.of(database.clock().instant()))
                .param("from", from)
                .param("to", to)
                .param("until", Micros.of(period.until()))
                .update());
        var parts = new Parts(database);
        return new PartChanges(parts, leftovers).run(parts.ids(from, to), this, progress);
    }

    @Override
    public boolean prepare(Parts.Stored part) {
        files.verify(part.file(), part.sha256());
        attributes.clear();
        part.blocks().forEach(block -> attributes.add(rows.attributes(events(part, block))));
        return true;
    }

    private List<StoredEvent> events(Parts.Stored part, Block block) {
        var events = new ArrayList<StoredEvent>();
        files.read(part.file(), block, events::add);
        return events;
    }

    @Override
    public long apply(Parts.Stored part) {
        rows.begin();
        for (int i = 0; i < attributes.size(); i++) {
            rows.add(events(part, part.blocks().get(i)), attributes.get(i));
        }
        int restored = rows.insert();
        if (restored != part.events()) {
            throw new IllegalStateException(
                    "the file has " + part.events() + " events, but " + restored + " were restored");
        }
        identities.removeRestored();
        new Parts(database).remove(part);
        leftovers.noteReplaced(part.file());
        return restored;
    }
}
