package dev.odometer.postgres.rollup;

import dev.odometer.meter.Gauge;
import dev.odometer.meter.Reading;
import dev.odometer.postgres.event.StoredEvent;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.refusal.Refusal;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Keeps the rollups current: moves deltas into them, and rolls up what happened before a meter. Answers are right
 * whether or not this has run; it only decides what they cost. Each step is a transaction that leaves everything
 * consistent, so a process may die anywhere and any other goes on.
 */
public final class Rollups {

    private static final Logger LOG = LoggerFactory.getLogger(Rollups.class);
    private static final int MOST_DELTAS = 512;
    private static final String UNFOLDED = """
            select coalesce((select sum(entries) from rollup_delta), 0)
                + coalesce((select sum(entries) from distinct_delta), 0)
            """;

    private final Database database;
    private final SeriesNumbers numbers;
    private final Pace pace;
    /** What this process has written since it last looked. */
    private final AtomicInteger written = new AtomicInteger();

    public Rollups(Database database, SeriesNumbers numbers, Pace pace) {
        this.database = database;
        this.numbers = numbers;
        this.pace = pace;
    }

    /** Folds when what was just written makes it due. The events are counted already, so no failure here is theirs. */
    public void wrote(List<Long> deltas, int entries) {
        boolean many = deltas.stream().anyMatch(id -> id % pace.foldEvery() == 0);
        if (many || written.addAndGet(entries) >= pace.foldAt() / 4) {
            written.set(0);
            try {
                settle(many);
            } catch (Refusal | DataAccessException later) {
                LOG.warn("Rollups are left to a later append: {}", later.toString());
            }
        }
    }

    private void settle(boolean due) {
        long unfolded = database.read(this::unfolded);
        if (due || unfolded >= pace.foldAt()) {
            fold(unfolded >= 2L * pace.foldAt());
            pending().forEach(this::backfillStep);
        }
    }

    /** How many entries a query has to read beside the rollups. */
    public long unfolded() {
        return database.sql().sql(UNFOLDED).query(Long.class).single();
    }

    /** Folds when a query that is over had to read many entries, so that the next one need not. */
    public void read(long unfolded) {
        if (unfolded >= pace.foldAt() / 4) {
            try {
                fold(false);
            } catch (Refusal | DataAccessException later) {
                LOG.warn("Rollups are left to a later query: {}", later.toString());
            }
        }
    }

    /** The same for totals, which are asked for so often, and are so short, that fewer entries are worth it. */
    public void readForTotals(long unfolded) {
        read(4 * unfolded);
    }

    /** Moves deltas into the rollups; when somebody is at it already, afterwards or not at all. */
    private void fold(boolean waits) {
        database.write(() -> {
            if (waits) {
                Locks.exclusive(database, Locks.FOLD);
            }
            return (waits || Locks.tryExclusive(database, Locks.FOLD)) && foldLocked();
        });
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
    public void forget(long rollup) {
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
    public void backfill(String meterId) {
        for (int step = 0; step < pace.steps() && backfillStep(meterId); step++) {
            fold(false);
        }
    }

    private boolean backfillStep(String meterId) {
        Optional<LiveMeter> pending = database.read(() -> StoredMeter.live(database, meterId));
        if (pending.isEmpty() || pending.get().backfill() == null) {
            return false;
        }
        LiveMeter meter = pending.get();
        List<StoredEvent> chunk = database.read(() -> backlog(meter));
        long[] series = numbers.of(series(meter, chunk));
        return database.write(() -> {
            // Another process may have taken the same step; then its progress is the truth.
            boolean ours = advance(meter, chunk);
            if (ours) {
                database.onConnection(
                        (connection, arrays) -> entries(meter, chunk, series).write(connection, arrays));
            }
            return true;
        });
    }

    /** The next events, in the order of time, that happened before the meter existed. */
    private List<StoredEvent> backlog(LiveMeter meter) {
        LiveMeter.Backlog backlog = Objects.requireNonNull(meter.backfill());
        return database.sql()
                .sql("select " + StoredEvent.COLUMNS + """
                         from usage_event
                        where (happened_at, position) > (:at, :place) and position <= :upTo and type = :type
                        order by happened_at, position limit :most
                        """)
                .param("at", backlog.happenedAt())
                .param("place", backlog.position())
                .param("upTo", backlog.upTo())
                .param("type", meter.gauge().meter().eventType())
                .param("most", pace.chunk())
                .query((row, n) -> StoredEvent.of(row))
                .list();
    }

    private boolean advance(LiveMeter meter, List<StoredEvent> chunk) {
        LiveMeter.Backlog from = Objects.requireNonNull(meter.backfill());
        boolean last = chunk.size() < pace.chunk();
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

    private static List<Series> series(LiveMeter meter, List<StoredEvent> chunk) {
        return chunk.stream()
                .map(StoredEvent::event)
                .map(event -> new Series(
                        meter.rollup(), event.subject(), meter.gauge().groups(event.data())))
                .toList();
    }

    private static Entries entries(LiveMeter meter, List<StoredEvent> chunk, long[] series) {
        var entries = new Entries();
        Gauge gauge = meter.gauge();
        for (int i = 0; i < series.length; i++) {
            StoredEvent stored = chunk.get(i);
            Reading reading = gauge.meter().covers(stored.event().happenedAt())
                    ? gauge.read(stored.event().data())
                    : new Reading.Skipped("before the meter's start");
            if (!(reading instanceof Reading.Skipped)) {
                var moment = new Moment(stored.happenedAt(), stored.position());
                entries.add(gauge.meter(), series[i], reading, moment);
            }
        }
        return entries;
    }

    /** The meters that are still to be rolled up: their creator died, or left the rest to others. */
    private List<String> pending() {
        return List.copyOf(database.read(() -> database.sql()
                .sql("select id from meter where backfill_to is not null and deleted_at is null")
                .query(String.class)
                .list()));
    }
}
