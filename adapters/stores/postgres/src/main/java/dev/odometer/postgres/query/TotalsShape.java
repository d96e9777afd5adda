package dev.odometer.postgres.query;

import dev.odometer.postgres.jdbc.NamedSql;
import dev.odometer.postgres.plan.Span.Role;
import dev.odometer.postgres.rollup.Granularity;
import dev.odometer.postgres.rollup.Merge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Everything that the text of {@link TotalsSql} depends on. It is the key of the cached texts.
 *
 * @param merges the kinds of merge to compute
 * @param levels the levels of the spans of each role
 * @param few whether deltas are searched instead of unnested
 * @param filtered whether series were selected beforehand, by filters
 * @param backlogged whether there are aggregates of events to add
 * @param ending further statements without rows that follow
 */
record TotalsShape(
        Columns columns,
        Set<Merge> merges,
        Map<Role, Set<Granularity>> levels,
        boolean few,
        boolean filtered,
        boolean backlogged,
        String ending) {

    // Materialized, since both are small and joined by every branch, and the series are to be looked up only once. The
    // number of unfolded entries is read along, as request -1: it decides whether a fold is due, and would otherwise
    // take a round trip of its own.
    private static final String TEXT = """
            with wanted as materialized (
                select q.scope, s.id as series
                from unnest(:wanted_scope::int[], :wanted_rollup::bigint[], :wanted_subject::text[])
                        as q (scope, rollup, subject)
                    join series s on s.rollup = q.rollup and s.subject = q.subject %s
            ), requested as materialized (
                select * from unnest(:requested_request::int[], :requested_scope::int[], :requested_from::bigint[],
                        :requested_to::bigint[])
                    as a (request, scope, lo, hi)
            ) %s, entry (request, %s) as (%s)
            select e.request, %s from entry e group by e.request
            union all select -1, coalesce((select sum(entries) from %s), 0)::bigint%s
            """;
    private static final String FILTERED =
            " union all select * from unnest(:filtered_scope::int[], :filtered_series::bigint[])";
    // Offset 0 prevents the planner from merging the subquery into the join. So each pair of m and w is a range scan of
    // the primary key, and a generic plan, which does not know the lengths of the arrays, cannot choose to scan a whole
    // rollup.
    private static final String SPANS = """
            select m.request, %1$s
            from unnest(:%2$s_request::int[], :%2$s_scope::int[], :%2$s_from::bigint[], :%2$s_to::bigint[])
                    as m (request, scope, lo, hi)
                join wanted w on w.scope = m.scope cross join lateral (
                    %3$s offset 0) r
            """;
    private static final String ROWS =
            "select %s from %s r where r.series = %s.series and r.bucket >= m.lo and r.bucket < m.hi";
    private static final String COMPRESSED = " union all select %s from %s where c.series = %s.series and %s";
    // Parts of a whole bucket that lie outside of the range are subtracted (ADR 14). If the latest event of the bucket
    // is before a part, there is nothing to subtract and the part is not read, which is the usual case.
    private static final String PARTS = """
            select m.request, m.sign * r.count, m.sign * r.amount, r.last_at, r.last_position
            from unnest(:%1$s_request::int[], :%1$s_from::bigint[], :%1$s_to::bigint[], :%1$s_whole::bigint[],
                    :%1$s_sign::int[]) as m (request, lo, hi, whole, sign)
                join %3$s h on h.request = m.request and h.bucket = m.whole and h.last_at >= m.lo * 1000000
                cross join lateral (%2$s offset 0) r
            """;
    // A whole hour that is compressed has a row for each minute.
    private static final String WHOLE_BUCKETS =
            "(select request, series, bucket, max(last_at) as last_at from whole group by 1, 2, 3)";
    // For many series. The condition on the overlap of arrays skips deltas without any wanted series, before they are
    // unnested.
    private static final String DELTAS = """
            select a.request, %s
            from %s d cross join lateral %s
                join wanted w on w.series = u.series
                join requested a on a.scope = w.scope and u.minute >= a.lo and u.minute < a.hi
            where d.series && (select array_agg(series) from wanted)
            """;
    // For few series.
    private static final String SEARCHED_DELTAS = """
            select a.request, %s from %s
                join requested a on a.scope = w.scope and u.minute >= a.lo and u.minute < a.hi
            where p.first <= p.last
            """;

    /**
     * The cached texts. Building and parsing a text takes longer than everything else that a request does in this
     * process.
     */
    private static final Map<TotalsShape, NamedSql> STATEMENTS = new ConcurrentHashMap<>();

    /**
     * Some dozens are in use. The limit keeps a client that requests every possible combination from filling the
     * memory.
     */
    private static final int MAX_STATEMENTS = 1000;

    /**
     * The cached statement. The driver looks up its prepared statement by the text, fastest if it is the same String
     * instance.
     */
    NamedSql statement() {
        NamedSql statement = STATEMENTS.get(this);
        if (statement == null) {
            statement = new NamedSql(text() + ending);
            if (STATEMENTS.size() < MAX_STATEMENTS) {
                STATEMENTS.put(this, statement);
            }
        }
        return statement;
    }

    /** The prefix of the parameters of spans. */
    static String prefix(Role role, Granularity level) {
        return role + "_" + level;
    }

    private String text() {
        var branches = new ArrayList<String>();
        // First, since the branches that subtract join its rows, to find the series with something to subtract.
        String whole = levels(Role.WHOLE)
                .map(level -> spans("w.series, m.lo as bucket, " + columns.of("r"), Role.WHOLE, level))
                .collect(Collectors.joining(" union all "));
        if (!whole.isEmpty()) {
            whole = ", whole as materialized (" + whole + ")";
            branches.add("select request, " + columns.names() + " from whole");
        }
        levels(Role.COUNTED).forEach(level -> branches.add(spans(columns.of("r"), Role.COUNTED, level)));
        levels(Role.SUBTRACTED)
                .forEach(level -> branches.add(
                        PARTS.formatted(prefix(Role.SUBTRACTED, level), rows(level, "h"), wholeBuckets())));
        branches.add(
                few
                        ? SEARCHED_DELTAS.formatted(columns.of("u"), columns.searched())
                        : DELTAS.formatted(columns.of("u"), columns.deltas(), columns.unnested()));
        if (backlogged) {
            branches.add("select t.key, " + columns.of("t") + " from " + columns.eventTotals());
        }
        boolean isDistinct = columns == Columns.TEXTS;
        return TEXT.formatted(
                filtered ? FILTERED : "",
                whole,
                columns.names(),
                String.join(" union all ", branches),
                isDistinct ? "count(distinct e.value) as count" : "sum(e.count)::bigint as count, " + amounts(),
                columns.deltas(),
                isDistinct ? "" : ", null".repeat(Merge.values().length));
    }

    private Stream<Granularity> levels(Role role) {
        return Arrays.stream(Granularity.values()).filter(levels.getOrDefault(role, Set.of())::contains);
    }

    private String spans(String selected, Role role, Granularity level) {
        return SPANS.formatted(selected, prefix(role, level), rows(level, "w"));
    }

    /** The rows of a level for the series of an alias, compressed or not. */
    private String rows(Granularity level, String alias) {
        String rows = ROWS.formatted(columns.of("r"), columns.table(level), alias);
        return columns.isCompressed(level)
                ? rows
                        + COMPRESSED.formatted(
                                columns.compressed(),
                                Columns.ofCompressed(),
                                alias,
                                Columns.compressedIn("m.lo", "m.hi"))
                : rows;
    }

    private String wholeBuckets() {
        return levels(Role.WHOLE).anyMatch(columns::isCompressed) ? WHOLE_BUCKETS : "whole";
    }

    /** Only the requested merges are computed, since LATEST sorts all entries. */
    private String amounts() {
        return Arrays.stream(Merge.values())
                .map(merge -> (merges.contains(merge) ? merge.aggregate : "null::numeric") + " as " + merge)
                .collect(Collectors.joining(", "));
    }
}
