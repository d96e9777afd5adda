package dev.odometer.postgres;

import dev.odometer.meter.Gauge;
import dev.odometer.meter.Reading;
import dev.odometer.postgres.SeriesNumbers.Series;
import dev.odometer.usage.UsageEvent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the rollups current: moves deltas into them, and rolls up what happened before a meter. Answers are right
 * whether or not this has run; it only decides what they cost. Each step is a transaction that leaves everything
 * consistent, so a process may die anywhere and any other goes on.
 */
final class Rollups {

    /** A fold is due at every so many deltas, whichever process wrote them. */
    static final int FOLD_EVERY = 64;

    private static final int MOST_DELTAS = 512;
    private static final int BACKFILL_CHUNK = 20_000;

    private final Database database;
    private final SeriesNumbers numbers;

    Rollups(Database database, SeriesNumbers numbers) {
        this.database = database;
        this.numbers = numbers;
    }

    /** Folds when one of the deltas just written makes it due. */
    void wrote(List<Long> deltas) {
        if (deltas.stream().anyMatch(id -> id % FOLD_EVERY == 0)) {
            fold();
        }
    }

    /** Moves deltas into the rollups, unless somebody is at it already. */
    void fold() {
        database.write(() -> Locks.tryExclusive(database, Locks.FOLD) && foldLocked());
    }

    private boolean foldLocked() {
        for (Merge merge : Merge.values()) {
            database.sql()
                    .sql(FoldSql.rollups(merge))
                    .param("kind", merge.name())
                    .param("most", MOST_DELTAS)
                    .update();
        }
        database.sql().sql(FoldSql.DISTINCT).param("most", MOST_DELTAS).update();
        return true;
    }

    /** Drops a meter's rollups, inside the caller's transaction, after the last delta that could add to them. */
    void forget(long rollup) {
        Locks.exclusive(database, Locks.FOLD);
        while (hasDeltas()) {
            foldLocked();
        }
        for (String table : List.of("rollup", "distinct")) {
            for (Level level : Level.values()) {
                database.sql()
                        .sql("delete from " + level.table(table)
                                + " where series in (select id from series where rollup = :rollup)")
                        .param("rollup", rollup)
                        .update();
            }
        }
        database.sql()
                .sql("delete from series where rollup = :rollup")
                .param("rollup", rollup)
                .update();
    }

    private boolean hasDeltas() {
        return database.sql()
                .sql("select exists (select from rollup_delta) or exists (select from distinct_delta)")
                .query(Boolean.class)
                .single();
    }

    /** Rolls up the events before the meter, chunk by chunk, until none is left or the meter is gone. */
    void backfill(String meterId) {
        while (backfillChunk(meterId)) {
            fold();
        }
        fold();
    }

    private boolean backfillChunk(String meterId) {
        Optional<LiveMeter> pending = database.read(() -> live(meterId));
        if (pending.isEmpty() || pending.get().backfill() == null) {
            return false;
        }
        LiveMeter meter = pending.get();
        List<StoredEvent> chunk = database.read(() -> StoredEvent.backlog(database, meter, BACKFILL_CHUNK));
        Map<Series, Long> known = numbers.of(series(meter, chunk));
        return database.write(() -> {
            // Another process may have taken the same step; then its progress is the truth.
            boolean ours = advance(meter, chunk);
            if (ours) {
                database.onConnection(
                        (connection, arrays) -> entries(meter, chunk, known).write(connection, arrays));
            }
            return true;
        });
    }

    private Optional<LiveMeter> live(String meterId) {
        return new PostgresMeters(database, this).live(meterId);
    }

    private boolean advance(LiveMeter meter, List<StoredEvent> chunk) {
        LiveMeter.Backlog from = java.util.Objects.requireNonNull(meter.backfill());
        boolean last = chunk.size() < BACKFILL_CHUNK;
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

    private static Set<Series> series(LiveMeter meter, List<StoredEvent> chunk) {
        var series = new HashSet<Series>();
        chunk.forEach(stored -> series.add(seriesOf(meter, stored.event())));
        return series;
    }

    private static Series seriesOf(LiveMeter meter, UsageEvent event) {
        return new Series(meter.rollup(), event.subject(), meter.gauge().groups(event));
    }

    private static Entries entries(LiveMeter meter, List<StoredEvent> chunk, Map<Series, Long> known) {
        var entries = new Entries();
        Gauge gauge = meter.gauge();
        for (StoredEvent stored : chunk) {
            Reading reading = gauge.meter().covers(stored.event().happenedAt())
                    ? gauge.read(stored.event())
                    : new Reading.Skipped("before the meter's start");
            if (!(reading instanceof Reading.Skipped)) {
                Long number = known.get(seriesOf(meter, stored.event()));
                var moment = new Entries.Moment(stored.happenedAt(), stored.position());
                entries.add(gauge.meter(), java.util.Objects.requireNonNull(number), reading, moment);
            }
        }
        return entries;
    }

    /** The meters that are still to be rolled up, for whoever wants to go on with them. */
    List<String> pending() {
        return new ArrayList<>(database.read(() -> database.sql()
                .sql("select id from meter where backfill_to is not null and deleted_at is null")
                .query(String.class)
                .list()));
    }
}
