package dev.odometer.postgres.rollup;

import dev.odometer.metering.usage.UsageCompression;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.Locks;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Compresses the minutes of past days: the rows of one series and day become one row of arrays, from which queries also
 * compute hours. Days and months are kept as they are. A statement moves rows as a whole, so that every snapshot
 * contains a minute exactly once; events that arrive for a compressed day get rows of their own, which the next run
 * adds to the arrays.
 *
 * <p>Meters of the latest value are left out: their minutes are compared by the exact time of their last event.
 */
public final class Compression implements UsageCompression {

    /** The seconds since the end of a day until it is compressed: most events have arrived by then. */
    private static final long MIN_AGE = Granularity.DAY.seconds;
    /** The days of a series that one statement compresses. */
    private static final int DAYS = 8;

    private static final String LAST =
            "select max(id) from (select id from series where id > :after order by id limit :limit) s";
    private static final String COMPRESS =
            """
            with due as materialized (
                select s.id as series, least(:before, %s + :days) as up_to
                from series s join meter m on m.rollup = s.rollup and m.aggregation <> 'LATEST'
                    cross join lateral (
                        select r.bucket from rollup_minute r where r.series = s.id and r.bucket < :before
                        order by r.bucket limit 1) o
                where s.id > :after and s.id <= :last
            ), hours as (
                delete from rollup_hour r using due where r.series = due.series and r.bucket < due.up_to
            ), minutes as (
                delete from rollup_minute r using due where r.series = due.series and r.bucket < due.up_to
                returning r.series, r.bucket, r.count, r.amount
            )
            insert into rollup_compressed as c (series, day, minute, count, amount)
            select m.series, m.day, array_agg(((m.bucket - m.day) / 60)::smallint order by m.bucket),
                array_agg(m.count order by m.bucket),
                case when count(m.amount) > 0 then array_agg(m.amount order by m.bucket) end
            from (select *, %s as day from minutes) m group by m.series, m.day order by 1, 2
            on conflict (series, day) do update set
                minute = c.minute || excluded.minute, count = c.count || excluded.count,
                amount = case when c.amount is not null or excluded.amount is not null then
                    coalesce(c.amount, array_fill(null::numeric, array[cardinality(c.minute)]))
                        || coalesce(excluded.amount, array_fill(null::numeric, array[cardinality(excluded.minute)])) end
            """.formatted(Granularity.DAY.bucketOf("o.bucket"), Granularity.DAY.bucketOf("bucket"));

    private final Database database;
    /** The series up to which the current pass has got. */
    private long after;
    /** Whether the current pass has found anything to compress. */
    private boolean hasFound;

    public Compression(Database database) {
        this.database = database;
    }

    /**
     * {@inheritDoc} Each call compresses some days of the next series, until a pass over all series finds none left. Days
     * that ended less than a day ago are never compressed.
     */
    @Override
    public synchronized int compress(Instant before, int limit) {
        long newest = database.clock().instant().getEpochSecond() - MIN_AGE;
        long day = Granularity.DAY.floor(Math.min(before.getEpochSecond(), newest));
        return database.writeLong(() -> {
            // Excludes folds, which would wait for the locks of the deleted rows.
            Locks.exclusive(database, Locks.FOLD);
            Long last = last(limit);
            if (last == null) {
                boolean isDone = !hasFound;
                after = 0;
                hasFound = false;
                return isDone ? 0 : 1;
            }
            hasFound |= compress(day, last) > 0;
            after = last;
            return 1;
        });
    }

    private @Nullable Long last(int limit) {
        return database.sql()
                .sql(LAST)
                .param("after", after)
                .param("limit", limit)
                .query(Long.class)
                .optional()
                .orElse(null);
    }

    private int compress(long day, long last) {
        return database.sql()
                .sql(COMPRESS)
                .param("before", day)
                .param("days", DAYS * Granularity.DAY.seconds)
                .param("after", after)
                .param("last", last)
                .update();
    }
}
