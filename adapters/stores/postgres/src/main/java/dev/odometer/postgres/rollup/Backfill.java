package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.meter.MeterReader;
import dev.odometer.metering.meter.Reading;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Rolls up the events that were stored before their meter existed, in chunks in the order of time (ADR 4). The meter's
 * row records the progress, in the transaction that adds the chunk: so each event is rolled up once, whichever process
 * runs the step, and queries know which events they have to read themselves.
 */
final class Backfill {

    private final Database database;
    private final SeriesNumbers numbers;
    private final int chunkSize;

    Backfill(Database database, SeriesNumbers numbers, int chunkSize) {
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
        List<StoredEvent> chunk = database.read(() -> backlog(meter));
        List<Counted> counted = counted(meter.reader(), meter.rollup(), chunk);
        long[] series = numbers.of(counted.stream().map(Counted::series).toList());
        return database.writeLong(() -> {
            // The chunk was read, and its series were numbered, outside of this transaction, so that no lock is held
            // meanwhile. If another process has completed the same step since, this update does not find the progress
            // at which the chunk begins, and adds nothing.
            boolean isCurrent = advance(meter, chunk);
            if (isCurrent) {
                entries(meter.reader().meter(), counted, series).write(database);
            }
            return true;
        });
    }

    /**
     * The next events in the order of time that were stored before the meter existed. The row comparison on
     * (happened_at, position) is a keyset: it continues in the index without an offset.
     */
    private List<StoredEvent> backlog(LiveMeter meter) {
        LiveMeter.Backlog backlog = Objects.requireNonNull(meter.backfill());
        return database.sql()
                .sql("select " + StoredEvent.COLUMNS + " from " + StoredEvent.TABLE + "\n" + """
                        where (happened_at, position) > (:at, :place) and position <= :upTo and type = :type
                        order by happened_at, position limit :most
                        """)
                .param("at", backlog.happenedAt())
                .param("place", backlog.position())
                .param("upTo", backlog.upTo())
                .param("type", meter.reader().meter().eventType())
                .param("most", chunkSize)
                .query((row, n) -> StoredEvent.of(row))
                .list();
    }

    private boolean advance(LiveMeter meter, List<StoredEvent> chunk) {
        LiveMeter.Backlog from = Objects.requireNonNull(meter.backfill());
        boolean last = chunk.size() < chunkSize;
        StoredEvent end = chunk.isEmpty() ? null : chunk.get(chunk.size() - 1);
        return database.sql()
                        .sql("""
                                update meter set backfill_to = :upTo, backfilled_at = :at, backfilled_position = :position
                                where rollup = :rollup and backfill_to is not null
                                    and backfilled_at = :fromAt and backfilled_position = :fromPosition
                                """)
                        .param("upTo", last ? null : from.upTo())
                        .param("at", end == null ? from.happenedAt() : end.happenedAt())
                        .param("position", end == null ? from.position() : end.position())
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
