package dev.odometer.postgres.rollup;

import java.util.ArrayList;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The statements that delete deltas and merge their entries: a fold into the rollups of every level, and a compaction
 * into one delta. Since each is a single statement, every snapshot contains an entry exactly once: in a delta or in all
 * of the levels (ADR 4).
 *
 * <p>Each level aggregates the rows of the next finer level, not the entries. The aggregates are materialized, since
 * the insert of a level and the next coarser level read them. The inserts are ordered, so that neighboring entries of
 * the index are written together.
 */
final class FoldSql {

    private static final String DELETED_READINGS = """
            with deleted as (
                delete from rollup_delta
                where id in (select id from rollup_delta where kind = :kind order by id limit :most)
                returning series, minute, count, amount, first_at, last_at, last_position, written_at
            ), entry as (
                select u.* from deleted d, unnest(d.series, d.minute, d.count, d.amount, d.first_at, d.last_at,
                    d.last_position) as u (series, bucket, count, amount, first_at, last_at, last_position)
            )""";
    private static final String DELETED_TEXTS = """
            with deleted as (
                delete from distinct_delta where id in (select id from distinct_delta order by id limit :most)
                returning series, minute, value, written_at
            ), entry as (
                select u.* from deleted d, unnest(d.series, d.minute, d.value) as u (series, bucket, value)
            )""";
    private static final String COMPACT_READINGS = """
            , compacted as materialized (%s)
            insert into rollup_delta
                (kind, entries, written_at, series, minute, count, amount, first_at, last_at, last_position)
            select :kind, count(*), (select min(written_at) from deleted), %s, %s from compacted having count(*) > 0
            """;

    /** Parameters: most. */
    static final String DISTINCT = DELETED_TEXTS + levels(FoldSql::texts, FoldSql::insertTexts);

    /** Parameters: most. */
    static final String COMPACT_DISTINCT = DELETED_TEXTS + """
            , compacted as materialized (%s)
            insert into distinct_delta (entries, written_at, series, minute, value)
            select count(*), (select min(written_at) from deleted), array_agg(series order by series, bucket, value),
                array_agg(bucket order by series, bucket, value), array_agg(value order by series, bucket, value)
            from compacted having count(*) > 0
            """.formatted(texts(Granularity.MINUTE, "entry"));

    private FoldSql() {}

    /** Parameters: kind, most. */
    static String rollups(Merge merge) {
        return DELETED_READINGS
                + levels((level, finer) -> readings(merge, level, finer), level -> insertReadings(merge, level));
    }

    /** The entries are sorted by series, as queries expect, by one sort for all arrays. Parameters: kind, most. */
    static String compact(Merge merge) {
        return DELETED_READINGS
                + COMPACT_READINGS.formatted(
                        readings(merge, Granularity.MINUTE, "entry"),
                        Stream.of("series", "bucket", "count", "amount", "first_at", "last_at")
                                .map(FoldSql::sorted)
                                .collect(Collectors.joining(", ")),
                        merge == Merge.LATEST ? sorted("last_position") : "'{}'");
    }

    private static String sorted(String column) {
        return "array_agg(" + column + " order by series, bucket)";
    }

    /** The aggregates of each level, then an insert for each. The last insert is the statement itself. */
    private static String levels(
            BiFunction<Granularity, String, String> aggregate, Function<Granularity, String> insert) {
        var with = new StringBuilder();
        var inserts = new ArrayList<String>();
        String finer = "entry";
        for (Granularity level : Granularity.values()) {
            with.append(", " + level + " as materialized (" + aggregate.apply(level, finer) + ")");
            inserts.add(insert.apply(level));
            finer = level.name();
        }
        for (int i = 0; i < inserts.size() - 1; i++) {
            with.append(", insert_" + i + " as (" + inserts.get(i) + ")");
        }
        return with + " " + inserts.get(inserts.size() - 1);
    }

    private static String texts(Granularity level, String finer) {
        return "select distinct e.series, %s as bucket, e.value from %s e".formatted(level.bucketOf("e.bucket"), finer);
    }

    private static String insertTexts(Granularity level) {
        return """
                insert into %s (series, bucket, value) select e.* from %s e order by 1, 2, 3
                on conflict do nothing
                """.formatted(level.table("distinct"), level);
    }

    private static String readings(Merge merge, Granularity level, String finer) {
        return """
                select e.series, %s as bucket, sum(e.count)::bigint as count, %s as amount, min(e.first_at) as first_at,
                    max(e.last_at) as last_at, %s as last_position
                from %s e group by 1, 2
                """.formatted(level.bucketOf("e.bucket"), merge.aggregate, merge.position(), finer);
    }

    private static String insertReadings(Merge merge, Granularity level) {
        return """
                insert into %s as r (series, bucket, count, amount, first_at, last_at, last_position)
                select e.* from %s e order by 1, 2
                on conflict (series, bucket) do update set
                    count = r.count + excluded.count,
                    amount = %s,
                    first_at = least(r.first_at, excluded.first_at),
                    last_position = %s,
                    last_at = greatest(r.last_at, excluded.last_at)
                """.formatted(level.table("rollup"), level, merge.update, merge.updatePosition());
    }
}
