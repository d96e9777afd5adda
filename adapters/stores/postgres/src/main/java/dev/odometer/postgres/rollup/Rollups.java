package dev.odometer.postgres.rollup;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.postgres.archive.ArchivedEvents;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
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
    /** Between two folds for queries. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** The folds without a compaction, after one that left more than half of the entries. */
    private static final int FOLDS_WITHOUT = 8;
    /** The kind of the deltas of UNIQUE_COUNT. */
    private static final String TEXTS = "TEXTS";

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
    /** The time of the last fold for queries, of {@link System#nanoTime}. */
    private final AtomicLong foldedForQueries = new AtomicLong(System.nanoTime() - PAUSE.toNanos());
    /** The folds to run before the next compaction. */
    private final AtomicInteger foldsToDo = new AtomicInteger();
    /** Whether the number of unfolded entries is to be checked. */
    private final AtomicBoolean isCheckDue = new AtomicBoolean();
    /** Whether a fold is due, whatever their number. */
    private final AtomicBoolean isFoldDue = new AtomicBoolean();
    /** Whether the backlog was at its limit when it was last read. */
    private volatile boolean isBehind;

    public Rollups(Database database, SeriesNumbers numbers, ArchivedEvents archive, Pace pace) {
        this.database = database;
        this.backfill = new Backfill(database, numbers, archive, pace.chunk());
        this.pace = pace;
    }

    /**
     * Notes the deltas that an append has just committed. Runs a fold only if the backlog has reached its limit: then
     * the writers are faster than the folds, and have to wait for them.
     */
    public void written(List<Long> deltas, int entries) {
        if (deltas.stream().anyMatch(id -> id % pace.foldEvery() == 0)) {
            isFoldDue.set(true);
        }
        if (written.addAndGet(entries) >= pace.foldAt() / 4) {
            written.set(0);
            isCheckDue.set(true);
        }
        if (isBehind) {
            foldIfDue(true);
        }
    }

    /**
     * Runs a fold if one is due. Called after an append has completed, outside of the lanes of the append queue, so that
     * other appends go on meanwhile. It does not wait for another fold, since a caller that waits keeps a connection of
     * the pool.
     */
    public void foldIfDue() {
        foldIfDue(false);
    }

    /** The events are committed, so a failed fold is logged and does not fail the append. */
    private void foldIfDue(boolean isWaiting) {
        boolean isDue = isFoldDue.getAndSet(false);
        if (!isCheckDue.getAndSet(false) && !isDue && !isWaiting) {
            return;
        }
        try {
            // Read without a lock: an estimate is sufficient.
            long unfolded = database.read(this::unfolded);
            isBehind = unfolded >= 2L * pace.foldAt();
            if (!isDue && unfolded < pace.foldAt()) {
                return;
            }
            fold(isWaiting && isBehind);
            backfill.pending().forEach(backfill::step);
        } catch (Refusal | DataAccessException failure) {
            LOG.warn("Fold failed; a later append retries it: {}", failure.toString());
        }
    }

    /** The number of entries that a query reads in addition to the rollups. */
    public long unfolded() {
        return database.sql().sql(UNFOLDED).query(Long.class).single();
    }

    /**
     * Runs a fold if a query has read many unfolded entries, so that the next ones do not. Without it, entries that are
     * left when ingest stops would slow down every later query. During ingest, many queries see many entries, and a fold
     * for each of them would cost more than it saves: so there is a pause between two of these folds.
     */
    public void afterQuery(long unfolded) {
        long now = System.nanoTime();
        long last = foldedForQueries.get();
        if (unfolded >= pace.foldAt() / 4
                && now - last >= PAUSE.toNanos()
                && foldedForQueries.compareAndSet(last, now)) {
            try {
                database.writeLong(() -> Locks.tryExclusive(database, Locks.FOLD) && foldLocked());
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

    /** Compacts or folds deltas. If another process does so, it waits for it or does nothing. */
    private void fold(boolean isWaiting) {
        database.writeLong(() -> {
            if (isWaiting) {
                Locks.exclusive(database, Locks.FOLD);
            }
            return (isWaiting || Locks.tryExclusive(database, Locks.FOLD)) && compactOrFold();
        });
    }

    /**
     * Events of the present add to the same minutes of the same series again and again. Compacting their deltas into one
     * leaves a fraction of the entries and costs a fraction of a fold, which writes a row of each level for each series.
     * What is left is folded once it is too much for the queries. Events spread over time do not compact: then the
     * next folds do without.
     */
    private boolean compactOrFold() {
        if (foldsToDo.getAndUpdate(folds -> Math.max(0, folds - 1)) > 0) {
            return foldLocked();
        }
        long before = unfolded();
        merge(FoldSql::compact, FoldSql.COMPACT_DISTINCT);
        long left = unfolded();
        if (left > before / 2) {
            foldsToDo.set(FOLDS_WITHOUT);
        }
        return left <= pace.foldAt() / 2 || foldLocked();
    }

    private boolean foldLocked() {
        merge(FoldSql::rollups, FoldSql.DISTINCT);
        return true;
    }

    /**
     * Merges a bounded number of deltas per kind, so that the number of row locks and the work of a rollback are
     * bounded. To plan a statement takes longer than to look for its deltas, and most installations use one or two kinds.
     */
    private void merge(Function<Merge, String> readings, String texts) {
        List<String> kinds = kinds();
        for (Merge merge : Merge.values()) {
            if (kinds.contains(merge.name())) {
                database.sql()
                        .sql(readings.apply(merge))
                        .param("kind", merge.name())
                        .param("most", MAX_DELTAS)
                        .update();
            }
        }
        if (kinds.contains(TEXTS)) {
            database.sql().sql(texts).param("most", MAX_DELTAS).update();
        }
    }

    /** The kinds that have deltas: names of {@link Merge}, and {@link #TEXTS}. */
    private List<String> kinds() {
        return database.sql()
                .sql("select kind from rollup_delta union select '" + TEXTS
                        + "' where exists (select from distinct_delta)")
                .query(String.class)
                .list();
    }

    /**
     * Deletes a meter's rollups in the caller's transaction, which excludes appends. All deltas are folded first, since
     * a delta left over would add to a deleted series later.
     */
    public void delete(long rollup) {
        Locks.exclusive(database, Locks.FOLD);
        while (!kinds().isEmpty()) {
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
                .sql("delete from rollup_compressed where series in (select id from series where rollup = :rollup)")
                .param("rollup", rollup)
                .update();
        database.sql()
                .sql("delete from series where rollup = :rollup")
                .param("rollup", rollup)
                .update();
    }

    /**
     * Rolls up the events that were stored before the meter existed, chunk by chunk, until none is left, the meter is
     * deleted, or the steps of a call are used up. The meter is committed, so a file of the archive that cannot be read is
     * logged and does not fail its creation.
     */
    public void backfill(String meterId) {
        try {
            for (int step = 0; step < pace.steps() && backfill.step(meterId); step++) {
                fold(false);
            }
        } catch (Refusal failure) {
            LOG.warn(
                    "Backfill of the meter {} stopped; a later fold or archiveUsage continues it: {}",
                    meterId,
                    failure.detail());
        }
    }

    /** Runs a step of each pending backfill; false if there is none. */
    public boolean backfillStep() {
        List<String> pending = backfill.pending();
        for (String meterId : pending) {
            backfill.step(meterId);
            fold(false);
        }
        return !pending.isEmpty();
    }
}
