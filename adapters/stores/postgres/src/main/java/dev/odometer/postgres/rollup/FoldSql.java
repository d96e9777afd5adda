package dev.odometer.postgres.rollup;

/**
 * The statement that deletes deltas and merges their aggregated entries into the rollups of every level. Since it is a
 * single statement, every snapshot contains an entry exactly once: in its delta or in all of the levels (ADR 4). The
 * entries are materialized, since four inserts read what the delete returns once. The inserts are ordered, so that rows
 * are locked in the order of the primary key.
 */
final class FoldSql {

    /** Parameters: most. */
    static final String DISTINCT = """
            with deleted as (
                delete from distinct_delta where id in (select id from distinct_delta order by id limit :most)
                returning series, minute, value
            ), e as materialized (
                select u.* from deleted d, unnest(d.series, d.minute, d.value) as u (series, minute, value)
            ), minutes as (%s), hours as (%s), days as (%s)
            %s
            """.formatted(
                    distinct(Granularity.MINUTE),
                    distinct(Granularity.HOUR),
                    distinct(Granularity.DAY),
                    distinct(Granularity.MONTH));

    private FoldSql() {}

    private static String distinct(Granularity level) {
        return """
                insert into %s (series, bucket, value)
                select distinct e.series, %s, e.value from e order by 1, 2, 3
                on conflict do nothing
                """.formatted(level.table("distinct"), level.bucketOf("e.minute"));
    }

    /** Parameters: kind, most. */
    static String rollups(Merge merge) {
        return """
                with deleted as (
                    delete from rollup_delta
                    where id in (select id from rollup_delta where kind = :kind order by id limit :most)
                    returning series, minute, count, amount, first_at, last_at, last_position
                ), e as materialized (
                    select u.* from deleted d, unnest(d.series, d.minute, d.count, d.amount, d.first_at, d.last_at,
                        d.last_position) as u (series, minute, count, amount, first_at, last_at, last_position)
                ), minutes as (%s), hours as (%s), days as (%s)
                %s
                """.formatted(
                        rollups(merge, Granularity.MINUTE),
                        rollups(merge, Granularity.HOUR),
                        rollups(merge, Granularity.DAY),
                        rollups(merge, Granularity.MONTH));
    }

    private static String rollups(Merge merge, Granularity level) {
        return """
                insert into %1$s as r (series, bucket, count, amount, first_at, last_at, last_position)
                select e.series, %2$s, sum(e.count), %3$s, min(e.first_at), max(e.last_at),
                    (array_agg(e.last_position order by e.last_at desc, e.last_position desc))[1]
                from e group by 1, 2 order by 1, 2
                on conflict (series, bucket) do update set
                    count = r.count + excluded.count,
                    amount = %4$s,
                    first_at = least(r.first_at, excluded.first_at),
                    last_position = case when (excluded.last_at, excluded.last_position) > (r.last_at, r.last_position)
                        then excluded.last_position else r.last_position end,
                    last_at = greatest(r.last_at, excluded.last_at)
                """.formatted(level.table("rollup"), level.bucketOf("e.minute"), merge.aggregate, merge.update);
    }
}
