package dev.odometer.postgres.query;

import dev.odometer.postgres.rollup.Level;
import dev.odometer.postgres.rollup.Merge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that the text of {@link TotalsSql} depends on.
 *
 * @param merges of what is to be added up; none for what is distinct
 * @param few whether deltas are searched
 * @param filtered whether there are series found beforehand
 * @param backlogged whether there is more to add than the database has
 */
record TotalsShape(
        Set<Merge> merges,
        Set<Level> wholes,
        Set<Level> counted,
        Set<Level> parts,
        boolean few,
        boolean filtered,
        boolean backlogged) {

    private static final String WANTED = """
            with wanted as materialized (
                select q.scope, s.id as series from unnest(?::int[], ?::bigint[], ?::text[]) as q (scope, rollup, subject)
                    join series s on s.rollup = q.rollup and s.subject = q.subject
            """;
    private static final String FILTERED = " union all select * from unnest(?::int[], ?::bigint[])";
    private static final String ASKED = """
            ), asked as materialized (
                select * from unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[]) as a (question, scope, lo, hi)
            )""";
    private static final String TABLE = "ROLLUP";
    // Row by row, so that no plan reads a rollup as a whole.
    private static final String ROWS = """
            select m.question, COLUMNS
            from unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[]) as m (question, scope, lo, hi)
                join wanted w on w.scope = m.scope cross join lateral (
                    select * from ROLLUP r where r.series = w.series and r.bucket >= m.lo and r.bucket < m.hi offset 0) r
            """;
    // A whole whose latest event is before a part has nothing in it to take, and that is mostly so.
    private static final String PARTS = """
            select m.question, case when m.taken then -r.count else r.count end,
                case when m.taken then -r.amount else r.amount end, r.last_at, r.last_position
            from unnest(?::int[], ?::bigint[], ?::bigint[], ?::bool[], ?::bigint[]) as m (question, lo, hi, taken, whole)
                join whole h on h.question = m.question and h.bucket = m.whole and h.last_at >= m.lo * 1000000
                cross join lateral (
                    select * from ROLLUP r where r.series = h.series and r.bucket >= m.lo and r.bucket < m.hi offset 0) r
            """;
    private static final String DELTAS = """
            select a.question, u.count, u.amount, u.last_at, u.last_position
            from rollup_delta d cross join lateral
                unnest(d.series, d.minute, d.count, d.amount, d.last_at, d.last_position)
                    as u (series, minute, count, amount, last_at, last_position)
                join wanted w on w.series = u.series
                join asked a on a.scope = w.scope and u.minute >= a.lo and u.minute < a.hi
            where d.series && (select array_agg(series) from wanted)
            """;
    private static final String DISTINCT_DELTAS = """
            select a.question, u.value
            from distinct_delta d cross join lateral
                unnest(d.series, d.minute, d.value) as u (series, minute, value)
                join wanted w on w.series = u.series
                join asked a on a.scope = w.scope and u.minute >= a.lo and u.minute < a.hi
            where d.series && (select array_agg(series) from wanted)
            """;
    // For few series. The array of series is in order: it is fetched once and searched by halves, and the others are
    // only fetched where there is something of a wanted one.
    private static final String SEARCHED = """
            cross join lateral (select d.series || '{}'::bigint[] as series offset 0) k
                cross join wanted w
                cross join lateral (
                    select width_bucket(w.series - 1, k.series) + 1 as first, width_bucket(w.series, k.series) as last
                    offset 0) p
                cross join lateral (%s offset 0) u
                join asked a on a.scope = w.scope and u.minute >= a.lo and u.minute < a.hi
            where p.first <= p.last
            """;
    private static final String SEARCHED_DELTAS =
            "select a.question, u.count, u.amount, u.last_at, u.last_position from rollup_delta d "
                    + SEARCHED.formatted("""
                            select * from unnest(d.minute[p.first:p.last], d.count[p.first:p.last], d.amount[p.first:p.last],
                                    d.last_at[p.first:p.last], d.last_position[p.first:p.last])
                                as u (minute, count, amount, last_at, last_position)
                            """);
    private static final String SEARCHED_DISTINCT_DELTAS =
            "select a.question, u.value from distinct_delta d " + SEARCHED.formatted("""
                            select * from unnest(d.minute[p.first:p.last], d.value[p.first:p.last]) as u (minute, value)
                            """);
    private static final String UNFOLDED = " union all select -1, coalesce((select sum(entries) from %s), 0)::bigint";

    /** To put one together takes longer than all else that is done here. */
    private static final Map<Text, String> TEXTS = new ConcurrentHashMap<>();

    /** There are some dozens in use; whoever asks for all there could be is not given the memory. */
    private static final int MOST_TEXTS = 1000;

    /** A shape and what comes behind it. */
    private record Text(TotalsShape shape, String ending) {}

    /**
     * The statement; the same object each time, which is how the driver finds it again soonest.
     *
     * @param ending more statements, without rows
     */
    String text(String ending) {
        var key = new Text(this, ending);
        String text = TEXTS.get(key);
        if (text == null) {
            text = text() + ending;
            if (TEXTS.size() < MOST_TEXTS) {
                TEXTS.put(key, text);
            }
        }
        return text;
    }

    private boolean isDistinct() {
        return merges.isEmpty();
    }

    private String text() {
        String wanted = WANTED + (filtered ? FILTERED : "") + ASKED;
        return isDistinct() ? distinct(wanted) : sums(wanted);
    }

    private String sums(String wanted) {
        var branches = new ArrayList<String>();
        // Before everything else: their rows say of which series there is something to take.
        String whole = ordered(wholes)
                .map(level ->
                        rows("w.series, r.bucket, r.count, r.amount, r.last_at, r.last_position", level, "rollup"))
                .collect(Collectors.joining(" union all "));
        if (!whole.isEmpty()) {
            whole = ", whole as materialized (" + whole + ")";
            branches.add("select question, count, amount, last_at, last_position from whole");
        }
        ordered(counted)
                .forEach(level -> branches.add(rows("r.count, r.amount, r.last_at, r.last_position", level, "rollup")));
        ordered(parts).forEach(level -> branches.add(PARTS.replace(TABLE, level.table("rollup"))));
        branches.add(few ? SEARCHED_DELTAS : DELTAS);
        if (backlogged) {
            branches.add("select * from unnest(?::int[], ?::bigint[], ?::numeric[], ?::bigint[], ?::bigint[])");
        }
        // Sorting is only worth it where somebody asks for what is last, and so on.
        String amounts = Arrays.stream(Merge.values())
                .map(merge -> (merges.contains(merge) ? merge.aggregate : "null::numeric") + " as " + merge)
                .collect(Collectors.joining(", "));
        return wanted
                + whole
                + total("count, amount, last_at, last_position", branches, "sum(e.count)::bigint, " + amounts)
                + UNFOLDED.formatted("rollup_delta")
                + ", null".repeat(Merge.values().length);
    }

    private String distinct(String wanted) {
        var branches = new ArrayList<String>();
        ordered(counted).forEach(level -> branches.add(rows("r.value", level, "distinct")));
        branches.add(few ? SEARCHED_DISTINCT_DELTAS : DISTINCT_DELTAS);
        if (backlogged) {
            branches.add("select * from unnest(?::int[], ?::bytea[])");
        }
        return wanted + total("value", branches, "count(distinct e.value)") + UNFOLDED.formatted("distinct_delta");
    }

    /** In the order of the parameters. */
    private static Stream<Level> ordered(Set<Level> levels) {
        return Arrays.stream(Level.values()).filter(levels::contains);
    }

    private static String rows(String columns, Level level, String kind) {
        return ROWS.replace("COLUMNS", columns).replace(TABLE, level.table(kind));
    }

    private static String total(String names, List<String> branches, String aggregates) {
        return ", entry (question, " + names + ") as (" + String.join(" union all ", branches) + ") select e.question, "
                + aggregates + " from entry e group by e.question";
    }
}
