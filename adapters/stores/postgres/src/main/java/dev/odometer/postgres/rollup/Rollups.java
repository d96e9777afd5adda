package dev.odometer.postgres.rollup;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Keeps the rollups current: moves deltas into them, and rolls up what happened before a meter. Answers are right
 * whether or not this has run; it only decides what they cost. Each step is a transaction that leaves everything
 * consistent, so a process may die anywhere and another one continues.
 */
public final class Rollups {

    private static final Logger LOG = LoggerFactory.getLogger(Rollups.class);
    private static final int MAX_DELTAS = 512;
    private static final String UNFOLDED = """
            select coalesce((select sum(entries) from rollup_delta), 0)
                + coalesce((select sum(entries) from distinct_delta), 0)
            """;

    private final Database database;
    private final Backfill backfill;
    private final Pace pace;
    /** What this process has written since it last looked. */
    private final AtomicInteger written = new AtomicInteger();

    public Rollups(Database database, SeriesNumbers numbers, Pace pace) {
        this.database = database;
        this.backfill = new Backfill(database, numbers, pace.chunk());
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
        // Read without the lock: an estimate is enough to decide whether a fold is due.
        long unfolded = database.read(this::unfolded);
        if (due || unfolded >= pace.foldAt()) {
            fold(unfolded >= 2L * pace.foldAt());
            backfill.pending().forEach(backfill::step);
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

    /** Moves deltas into the rollups; where another fold is in progress, after it or not at all. */
    private void fold(boolean waits) {
        database.write(() -> {
            if (waits) {
                Locks.exclusive(database, Locks.FOLD);
            }
            return (waits || Locks.tryExclusive(database, Locks.FOLD)) && foldLocked();
        });
    }

    /** A bounded number of deltas a kind, so that the locks on rollup rows and the work of a rollback stay bounded. */
    private boolean foldLocked() {
        for (Merge merge : Merge.values()) {
            database.sql()
                    .sql(FoldSql.rollups(merge))
                    .param("kind", merge.name())
                    .param("most", MAX_DELTAS)
                    .update();
        }
        database.sql().sql(FoldSql.DISTINCT).param("most", MAX_DELTAS).update();
        return true;
    }

    /** Drops a meter's rollups, inside the caller's transaction, after the last delta that could add to them. */
    public void forget(long rollup) {
        Locks.exclusive(database, Locks.FOLD);
        while (hasDeltas()) {
            foldLocked();
        }
        for (String table : List.of("rollup", "distinct")) {
            for (Granularity level : Granularity.values()) {
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
        for (int step = 0; step < pace.steps() && backfill.step(meterId); step++) {
            fold(false);
        }
    }
}
