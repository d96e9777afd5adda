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
 * All that the text of {@link TotalsSql} depends on.
 *
 * @param merges of what is to be added up
 * @param levels of the spans in each role
 * @param few whether deltas are searched
 * @param filtered whether there are series found beforehand
 * @param backlogged whether there is more to add than the database has
 * @param ending more statements behind it, without rows
 */
record TotalsShape(
        Columns columns,
        Set<Merge> merges,
        Map<Role, Set<Granularity>> levels,
        boolean few,
        boolean filtered,
        boolean backlogged,
        String ending) {

    // Materialized: both are small and joined by every branch, and the series are to be looked up once. How many
    // entries are unfolded is read along, as question -1: it decides whether a fold is due, and would be a round trip
    // alone.
    private static final String TEXT = """
            with wanted as materialized (
                select q.scope, s.id as series
                from unnest(:wanted_scope::int[], :wanted_rollup::bigint[], :wanted_subject::text[])
                        as q (scope, rollup, subject)
                    join series s on s.rollup = q.rollup and s.subject = q.subject %s
            ), asked as materialized (
                select * from unnest(:asked_question::int[], :asked_scope::int[], :asked_from::bigint[], :asked_to::bigint[])
                    as a (question, scope, lo, hi)
            ) %s, entry (question, %s) as (%s)
            select e.question, %s from entry e group by e.question
            union all select -1, coalesce((select sum(entries) from %s), 0)::bigint%s
            """;
    private static final String FILTERED =
            " union all select * from unnest(:filtered_scope::int[], :filtered_series::bigint[])";
    // Offset 0 keeps the subquery from being merged into the join. So each row of m and w is a range of the primary
    // key, and no generic plan, which knows nothing of the arrays' lengths, reads a rollup as a whole.
    private static final String SPANS = """
            select m.question, %1$s
            from unnest(:%2$s_question::int[], :%2$s_scope::int[], :%2$s_from::bigint[], :%2$s_to::bigint[])
                    as m (question, scope, lo, hi)
                join wanted w on w.scope = m.scope cross join lateral (
                    select * from %3$s r where r.series = w.series and r.bucket >= m.lo and r.bucket < m.hi offset 0) r
            """;
    // Parts of a whole that lie outside of the range are subtracted (ADR 14). A whole whose latest event is before a
    // part has nothing in it to subtract, which is the usual case, so that nothing is looked for.
    private static final String PARTS = """
            select m.question, m.sign * r.count, m.sign * r.amount, r.last_at, r.last_position
            from unnest(:%1$s_question::int[], :%1$s_from::bigint[], :%1$s_to::bigint[], :%1$s_whole::bigint[],
                    :%1$s_sign::int[]) as m (question, lo, hi, whole, sign)
                join whole h on h.question = m.question and h.bucket = m.whole and h.last_at >= m.lo * 1000000
                cross join lateral (
                    select * from %2$s r where r.series = h.series and r.bucket >= m.lo and r.bucket < m.hi offset 0) r
            """;
    private static final String DELTAS = """
            select a.question, %s
            from %s d cross join lateral %s
                join wanted w on w.series = u.series
                join asked a on a.scope = w.scope and u.minute >= a.lo and u.minute < a.hi
            where d.series && (select array_agg(series) from wanted)
            """;
    // For few series. The array of series is in order: it is fetched once (as an expression, which offset 0 keeps
    // from being evaluated again for every element) and searched by halves; the other arrays are only fetched where
    // it has a wanted one.
    private static final String SEARCHED_DELTAS = """
            select a.question, %s
            from %s d cross join lateral (select d.series || '{}'::bigint[] as series offset 0) k
                cross join wanted w
                cross join lateral (
                    select width_bucket(w.series - 1, k.series) + 1 as first, width_bucket(w.series, k.series) as last
                    offset 0) p
                cross join lateral (select * from %s offset 0) u
                join asked a on a.scope = w.scope and u.minute >= a.lo and u.minute < a.hi
            where p.first <= p.last
            """;

    /** To put one together takes longer than anything else that is done here. */
    private static final Map<TotalsShape, NamedSql> STATEMENTS = new ConcurrentHashMap<>();

    /** There are some dozens in use; a client that asks for all possible ones is not given the memory. */
    private static final int MAX_STATEMENTS = 1000;

    /** The same object each time, which is how the driver finds it again soonest. */
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

    /** What the parameters of spans are named by. */
    static String prefix(Role role, Granularity level) {
        return role + "_" + level;
    }

    private String text() {
        var branches = new ArrayList<String>();
        // Before everything else: their rows say of which series there is something to take.
        String whole = levels(Role.WHOLE)
                .map(level -> spans("w.series, r.bucket, " + columns.of("r"), Role.WHOLE, level))
                .collect(Collectors.joining(" union all "));
        if (!whole.isEmpty()) {
            whole = ", whole as materialized (" + whole + ")";
            branches.add("select question, " + columns.names() + " from whole");
        }
        levels(Role.COUNTED).forEach(level -> branches.add(spans(columns.of("r"), Role.COUNTED, level)));
        levels(Role.TAKEN)
                .forEach(level -> branches.add(PARTS.formatted(prefix(Role.TAKEN, level), columns.table(level))));
        branches.add((few ? SEARCHED_DELTAS : DELTAS)
                .formatted(columns.of("u"), columns.deltas(), few ? columns.sliced() : columns.unnested()));
        if (backlogged) {
            branches.add("select t.key, " + columns.of("t") + " from " + columns.added());
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
        return SPANS.formatted(selected, prefix(role, level), columns.table(level));
    }

    /** Sorting is only worth it where a question is about what is last, and so on. */
    private String amounts() {
        return Arrays.stream(Merge.values())
                .map(merge -> (merges.contains(merge) ? merge.aggregate : "null::numeric") + " as " + merge)
                .collect(Collectors.joining(", "));
    }
}
