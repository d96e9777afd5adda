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
 * Keeps the rollups current: folds deltas into them, and backfills new meters. The results of queries do not depend on
 * it, only their cost. Each step is a transaction that leaves consistent data, so a process may crash at any time and
 * another one continues.
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
    /**
     * The entries that this process has written since it last checked for a fold. Counting them in memory saves the
     * check on most appends.
     */
    private final AtomicInteger written = new AtomicInteger();

    public Rollups(Database database, SeriesNumbers numbers, Pace pace) {
        this.database = database;
        this.backfill = new Backfill(database, numbers, pace.chunk());
        this.pace = pace;
    }

    /**
     * Runs a fold if the deltas just written make it due. The events are committed, so a failed fold is logged and does
     * not fail the append.
     */
    public void afterAppend(List<Long> deltas, int entries) {
        boolean isBatchDue = deltas.stream().anyMatch(id -> id % pace.foldEvery() == 0);
        if (isBatchDue || written.addAndGet(entries) >= pace.foldAt() / 4) {
            written.set(0);
            try {
                foldIfDue(isBatchDue);
            } catch (Refusal | DataAccessException failure) {
                LOG.warn("Fold failed; a later append retries it: {}", failure.toString());
            }
        }
    }

    private void foldIfDue(boolean due) {
        // Read without a lock: an estimate is sufficient to decide whether a fold is due.
        long unfolded = database.read(this::unfolded);
        if (due || unfolded >= pace.foldAt()) {
            fold(unfolded >= 2L * pace.foldAt());
            backfill.pending().forEach(backfill::step);
        }
    }

    /** The number of entries that a query reads in addition to the rollups. */
    public long unfolded() {
        return database.sql().sql(UNFOLDED).query(Long.class).single();
    }

    /**
     * Runs a fold if a query has read many unfolded entries, so that the next one does not. Without it, entries that
     * are left when ingest stops would slow down every later query.
     */
    public void afterQuery(long unfolded) {
        if (unfolded >= pace.foldAt() / 4) {
            try {
                fold(false);
            } catch (Refusal | DataAccessException failure) {
                LOG.warn("Fold failed; a later query retries it: {}", failure.toString());
            }
        }
    }

    /**
     * The same for totals, at a quarter of the entries: they are requested so often, and take so little, that fewer
     * entries matter.
     */
    public void afterTotals(long unfolded) {
        afterQuery(4 * unfolded);
    }

    /** Merges deltas into the rollups. If another fold is in progress, it waits for it or does nothing. */
    private void fold(boolean isWaiting) {
        database.writeLong(() -> {
            if (isWaiting) {
                Locks.exclusive(database, Locks.FOLD);
            }
            return (isWaiting || Locks.tryExclusive(database, Locks.FOLD)) && foldLocked();
        });
    }

    /**
     * Folds a bounded number of deltas per kind, so that the number of row locks and the work of a rollback are
     * bounded.
     */
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

    /**
     * Deletes a meter's rollups in the caller's transaction, which excludes appends. All deltas are folded first, since
     * a delta left over would add to a deleted series later.
     */
    public void delete(long rollup) {
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

    /**
     * Rolls up the events that were stored before the meter existed, chunk by chunk, until none is left, the meter is
     * deleted, or the steps of a call are used up.
     */
    public void backfill(String meterId) {
        for (int step = 0; step < pace.steps() && backfill.step(meterId); step++) {
            fold(false);
        }
    }
}
