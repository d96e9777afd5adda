package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterReader;
import dev.odometer.metering.meter.Reading;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.archive.ArchivedEvents;
import dev.odometer.postgres.archive.EventKey;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Rolls up the events that were stored before their meter existed, in chunks in the order of time (ADR 4). The meter's
 * row records the progress, in the transaction that adds the chunk: so each event is rolled up once, whichever process
 * runs the step, and queries know which events they have to read themselves.
 */
final class Backfill {

    private final Database database;
    private final SeriesNumbers numbers;
    private final ArchivedEvents archive;
    private final int chunkSize;

    Backfill(Database database, SeriesNumbers numbers, ArchivedEvents archive, int chunkSize) {
        this.archive = archive;
        this.database = database;
        this.numbers = numbers;
        this.chunkSize = chunkSize;
    }

    /** Rolls up the next chunk. Returns false if the meter has none left or no longer exists. */
    boolean step(String meterId) {
        Optional<LiveMeter> pending = database.read(() -> StoredMeter.live(database, meterId));
        if (pending.isEmpty() || pending.get().backfill() == null) {
            return false;
        }
        LiveMeter meter = pending.get();
        Chunk chunk = chunk(meter);
        List<Counted> counted = counted(meter.reader(), meter.rollup(), chunk.events());
        long[] series = numbers.of(counted.stream().map(Counted::series).toList());
        return database.writeLong(() -> {
            // The chunk was read, and its series were numbered, outside of this transaction, so that no lock is held
            // meanwhile. If another process has completed the same step since, this update does not find the progress
            // at which the chunk begins, and adds nothing.
            boolean isCurrent = advance(meter, chunk.reached());
            if (isCurrent) {
                entries(meter.reader().meter(), counted, series).write(database);
            }
            return true;
        });
    }

    /**
     * The next events of the backlog, in no order.
     *
     * @param reached the last key before which no event is left; {@link EventKey#MAX} when the backlog ends
     */
    private record Chunk(List<StoredEvent> events, EventKey reached) {}

    /** The rows of the event table in the database's snapshot, and the blocks of the archive in the same. */
    private record Rows(List<StoredEvent> events, ArchivedEvents.@Nullable Chunk archived) {}

    private Chunk chunk(LiveMeter meter) {
        LiveMeter.Backlog backlog = Objects.requireNonNull(meter.backfill());
        Rows rows = database.read(() -> {
            var archived = meter.hasArchive() ? archive.next(backlog.reached(), backlog.upTo()) : null;
            return new Rows(backlog(meter, archived == null ? EventKey.MAX : archived.end()), archived);
        });
        List<StoredEvent> events = rows.events();
        EventKey reached = EventKey.MAX;
        if (events.size() == chunkSize) {
            reached = EventKey.of(events.get(events.size() - 1));
        } else if (rows.archived() != null && !rows.archived().end().equals(EventKey.MAX)) {
            EventKey end = rows.archived().end();
            reached = new EventKey(end.happenedAt(), end.position() - 1);
        }
        if (rows.archived() != null) {
            addArchived(rows.archived(), meter, reached, events);
        }
        return new Chunk(events, reached);
    }

    /** Reads the files outside of the transaction, so that it does not wait for the store. */
    private static void addArchived(
            ArchivedEvents.Chunk archived, LiveMeter meter, EventKey reached, List<StoredEvent> events) {
        LiveMeter.Backlog backlog = Objects.requireNonNull(meter.backfill());
        archived.read(event -> {
            EventKey key = EventKey.of(event);
            if (key.compareTo(backlog.reached()) > 0
                    && key.compareTo(reached) <= 0
                    && key.position() <= backlog.upTo()
                    && event.event().type().equals(meter.reader().meter().eventType())) {
                events.add(event);
            }
        });
    }

    /**
     * The next events in the order of time that were stored before the meter existed. The row comparison on
     * (happened_at, position) is a keyset: it continues in the index without an offset.
     */
    private List<StoredEvent> backlog(LiveMeter meter, EventKey end) {
        LiveMeter.Backlog backlog = Objects.requireNonNull(meter.backfill());
        return database.sql()
                .sql("select " + StoredEvent.COLUMNS + " from " + StoredEvent.TABLE + "\n" + """
                        where (happened_at, position) > (:at, :place) and (happened_at, position) < (:endAt, :endPlace)
                            and position <= :upTo and type = :type
                        order by happened_at, position limit :most
                        """)
                .param("at", backlog.happenedAt())
                .param("place", backlog.position())
                .param("endAt", end.happenedAt())
                .param("endPlace", end.position())
                .param("upTo", backlog.upTo())
                .param("type", meter.reader().meter().eventType())
                .param("most", chunkSize)
                .query((row, n) -> StoredEvent.of(row))
                .list();
    }

    private boolean advance(LiveMeter meter, EventKey reached) {
        LiveMeter.Backlog from = Objects.requireNonNull(meter.backfill());
        return database.sql()
                        .sql("""
                                update meter set backfill_to = :upTo, backfilled_at = :at, backfilled_position = :position
                                where rollup = :rollup and backfill_to is not null
                                    and backfilled_at = :fromAt and backfilled_position = :fromPosition
                                """)
                        .param("upTo", reached.equals(EventKey.MAX) ? null : from.upTo())
                        .param("at", reached.happenedAt())
                        .param("position", reached.position())
                        .param("rollup", meter.rollup())
                        .param("fromAt", from.happenedAt())
                        .param("fromPosition", from.position())
                        .update()
                == 1;
    }

    /** What an event adds to its series. */
    private record Counted(Series series, Reading reading, Moment at) {}

    /** The events that the meter counts; the others need no series. */
    private static List<Counted> counted(MeterReader reader, long rollup, List<StoredEvent> chunk) {
        var counted = new ArrayList<Counted>();
        for (StoredEvent stored : chunk) {
            UsageEvent event = stored.event();
            if (reader.meter().covers(event.happenedAt())) {
                List<String> groups = reader.groups(event.data());
                Reading reading = reader.read(event.data(), groups);
                if (!(reading instanceof Reading.Skipped)) {
                    counted.add(new Counted(
                            new Series(rollup, event.subject(), groups),
                            reading,
                            new Moment(stored.happenedAt(), stored.position())));
                }
            }
        }
        return counted;
    }

    private static Entries entries(Meter meter, List<Counted> counted, long[] series) {
        var entries = new Entries();
        for (int i = 0; i < series.length; i++) {
            entries.add(
                    meter, series[i], counted.get(i).reading(), counted.get(i).at());
        }
        return entries;
    }

    /**
     * The ids of meters whose backfill is incomplete, because its process stopped or left the remaining steps to later
     * folds.
     */
    List<String> pending() {
        return List.copyOf(database.read(() -> database.sql()
                .sql("select id from meter where backfill_to is not null and deleted_at is null")
                .query(String.class)
                .list()));
    }
}
