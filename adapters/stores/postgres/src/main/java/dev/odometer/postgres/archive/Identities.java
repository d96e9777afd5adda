package dev.odometer.postgres.archive;

import dev.odometer.postgres.event.EventRows;
import dev.odometer.postgres.event.RestoredRows;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.jdbc.NamedSql;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/** The keys of events that are no longer in the event table, so that their repeats are still repeats. */
public final class Identities {

    /** The buckets of one statement. */
    private static final int SLICE = 4096;

    private static final NamedSql ADD = new NamedSql("""
            insert into archive_identity as i (bucket, era, keys)
            select e.bucket, :era, e.keys from unnest(:bucket, :keys) as e (bucket, keys) order by e.bucket
            on conflict (bucket, era) do update set keys = i.keys || excluded.keys
            """);
    private static final String CURRENT = "select era, keys from archive_era order by era desc limit 1";
    private static final String COUNT = """
            insert into archive_era as e (era, keys, first_at, last_at) values (:era, :keys, :now, :now)
            on conflict (era) do update set keys = e.keys + excluded.keys, last_at = excluded.last_at
            """;
    // A key is searched as bytes; that it is found across two stored keys is as improbable as a collision of keys. The
    // subquery makes PostgreSQL look up each bucket in the index, whatever the size of the table.
    private static final NamedSql REMOVE_REPEATS = new NamedSql("""
            with repeat as materialized (
                select k.key from unnest(:key, :bucket) as k (key, bucket)
                where (select bool_or(position(k.key in i.keys) > 0) from archive_identity i where i.bucket = k.bucket)
            )
            delete from usage_event where key = any (array(select key from repeat)) returning position
            """);

    private static final String REMOVE = """
            with gone as materialized (
                select get_byte(key, 0) * 256 + get_byte(key, 1) as bucket, array_agg(key) as keys
                from %s group by 1
            ), hit as materialized (
                select i.bucket, i.era, gone.keys,
                    (select count(*) from unnest(gone.keys) k where position(k in i.keys) > 0) as removed
                from gone join archive_identity i on i.bucket = gone.bucket
            ), changed as (
                update archive_identity i
                set keys = (select coalesce(string_agg(k.key, ''::bytea order by k.n), ''::bytea)
                    from (select n, substring(i.keys from n * :size + 1 for :size) as key
                        from generate_series(0, octet_length(i.keys) / :size - 1) n) k
                    where k.key <> all (hit.keys))
                from hit where hit.removed > 0 and i.bucket = hit.bucket and i.era = hit.era
            )
            update archive_era e set keys = e.keys - h.removed
            from (select era, sum(removed) as removed from hit group by era) h where e.era = h.era and h.removed > 0
            """.formatted(RestoredRows.TABLE);

    private final Database database;
    private final long eraKeys;

    Identities(Database database, long eraKeys) {
        this.database = database;
        this.eraKeys = eraKeys;
    }

    /**
     * Makes all appends look for repeats of archived events, before the first event is archived. It waits for in-flight
     * appends, which do not look, and later ones detect the change by the version of the meters (ADR 4).
     */
    void enable() {
        boolean isEnabled = database.read(() -> database.sql()
                .sql("select has_archive from meter_version")
                .query(Boolean.class)
                .single());
        if (!isEnabled) {
            database.write(() -> {
                Locks.metersChange(database);
                return database.sql()
                        .sql("update meter_version set has_archive = true")
                        .update();
            });
        }
    }

    /** Adds the keys of events that the current transaction deletes. It holds the lock of the archive. */
    void add(KeySet keys) {
        int era = era(keys.size());
        byte[][] buckets = keys.byBucket();
        for (int from = 0; from < buckets.length; from += SLICE) {
            var used = new ArrayList<Integer>();
            for (int bucket = from; bucket < from + SLICE; bucket++) {
                if (buckets[bucket].length > 0) {
                    used.add(bucket);
                }
            }
            if (!used.isEmpty()) {
                database.query(
                        ADD,
                        Map.of(
                                "era", era,
                                "bucket",
                                        used.stream().mapToInt(bucket -> bucket).toArray(),
                                "keys",
                                        used.stream()
                                                .map(bucket -> buckets[bucket])
                                                .toArray(byte[][]::new)),
                        row -> {});
            }
        }
        database.sql()
                .sql(COUNT)
                .param("era", era)
                .param("keys", keys.size())
                .param("now", Micros.of(database.clock().instant()))
                .update();
    }

    /** Removes the keys of the events that the current transaction restores. It holds the lock of the archive. */
    void removeRestored() {
        database.sql().sql(REMOVE).param("size", EventRows.KEY_BYTES).update();
    }

    /** The last era, or a new one if its keys would be too many. */
    private int era(int added) {
        return database.sql()
                .sql(CURRENT)
                .query((row, n) -> row.getLong("keys") + added > eraKeys ? row.getInt("era") + 1 : row.getInt("era"))
                .optional()
                .orElse(1);
    }

    /**
     * Removes the repeats of archived events from those that the current transaction has just inserted. It must be a
     * statement after the insert: the insert of a key waits for a concurrent transaction that archives it, and only a later
     * snapshot contains what that transaction has committed.
     *
     * @param isNew the indexes in the batch of the inserted events; those of repeats are cleared
     * @param first the position of the first event of the batch
     */
    public static void removeRepeats(Database database, EventRows rows, BitSet isNew, long first) {
        byte[][] keys = isNew.stream().mapToObj(place -> rows.keys()[place]).toArray(byte[][]::new);
        if (keys.length == 0) {
            return;
        }
        int[] buckets =
                List.of(keys).stream().mapToInt(key -> KeySet.bucket(key, 0)).toArray();
        database.query(
                REMOVE_REPEATS,
                Map.of("key", keys, "bucket", buckets),
                row -> isNew.clear((int) (row.getLong("position") - first)));
    }
}
