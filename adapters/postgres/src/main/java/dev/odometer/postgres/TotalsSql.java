package dev.odometer.postgres;

import dev.odometer.meter.Aggregation;
import dev.odometer.postgres.Coverage.Role;
import dev.odometer.postgres.Coverage.Span;
import dev.odometer.postgres.Coverage.Stretch;
import dev.odometer.postgres.UsageTotals.Question;
import dev.odometer.postgres.UsageTotals.Scope;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The statement that adds up rollups and deltas for many questions, and its parameters in the order of its marks. */
final class TotalsSql {

    private static final String WANTED = """
            with wanted as materialized (
                select q.scope, s.id as series from unnest(?::int[], ?::bigint[], ?::text[]) as q (scope, rollup, subject)
                    join series s on s.rollup = q.rollup and s.subject = q.subject
                union all select * from unnest(?::int[], ?::bigint[])
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
    /** With more subjects, to take all deltas apart once is less than to search each for every series. */
    private static final int FEW_SUBJECTS = 4;

    private static final int FEW_SERIES = 48;
    private static final String UNFOLDED = " union all select -1, coalesce((select sum(entries) from %s), 0)::bigint";

    private final String text;
    private final List<RollupSql.Parameter> parameters;

    private TotalsSql(String text, List<RollupSql.Parameter> parameters) {
        this.text = text;
        this.parameters = parameters;
    }

    static TotalsSql sums(
            List<Scope> scopes, List<Question> questions, UsageTotals.Series filtered, BacklogTotals backlog) {
        var parts = new Parts(scopes, questions, filtered, false);
        parts.wholes();
        parts.counted("rollup", "r.count, r.amount, r.last_at, r.last_position");
        parts.parts();
        parts.branches.add(parts.few ? SEARCHED_DELTAS : DELTAS);
        if (backlog.isNeeded()) {
            parts.branches.add("select * from unnest(?::int[], ?::bigint[], ?::numeric[], ?::bigint[], ?::bigint[])");
            parts.parameters.addAll(backlog.tallyColumns());
        }
        Set<Merge> merges = EnumSet.noneOf(Merge.class);
        scopes.forEach(scope -> merges.add(Merge.of(scope.aggregation())));
        // Sorting is only worth it where somebody asks for what is last, and so on.
        String amounts = Arrays.stream(Merge.values())
                .map(merge -> (merges.contains(merge) ? merge.aggregate : "null::numeric") + " as " + merge)
                .collect(Collectors.joining(", "));
        return parts.build(
                "count, amount, last_at, last_position",
                "sum(e.count)::bigint, " + amounts,
                UNFOLDED.formatted("rollup_delta") + ", null".repeat(Merge.values().length));
    }

    static TotalsSql distinct(
            List<Scope> scopes, List<Question> questions, UsageTotals.Series filtered, BacklogTotals backlog) {
        var parts = new Parts(scopes, questions, filtered, true);
        parts.counted("distinct", "r.value");
        parts.branches.add(parts.few ? SEARCHED_DISTINCT_DELTAS : DISTINCT_DELTAS);
        if (backlog.isNeeded()) {
            parts.branches.add("select * from unnest(?::int[], ?::bytea[])");
            parts.parameters.addAll(backlog.textColumns());
        }
        return parts.build("value", "count(distinct e.value)", UNFOLDED.formatted("distinct_delta"));
    }

    String text() {
        return text;
    }

    void bind(PreparedStatement statement, PGConnection arrays) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).set(statement, i + 1, arrays);
        }
    }

    /** The branches, and the parameters in their order. */
    private static final class Parts {

        private final List<Scope> scopes;
        private final List<String> branches = new ArrayList<>();
        private final List<RollupSql.Parameter> parameters = new ArrayList<>();
        private final Columns asked = new Columns();
        private final Map<Level, Columns> counted = new EnumMap<>(Level.class);
        private final Map<Level, Columns> wholes = new EnumMap<>(Level.class);
        private final Map<Level, Columns> parts = new EnumMap<>(Level.class);
        private final boolean few;
        private String whole = "";

        Parts(List<Scope> scopes, List<Question> questions, UsageTotals.Series filtered, boolean distinct) {
            this.scopes = scopes;
            var inScopes = new ArrayList<Integer>();
            var rollups = new ArrayList<Long>();
            var subjects = new ArrayList<String>();
            for (int i = 0; i < scopes.size(); i++) {
                Scope scope = scopes.get(i);
                if (scope.filters().isEmpty() && isDistinct(scope) == distinct) {
                    for (String subject : scope.subjects()) {
                        inScopes.add(i);
                        rollups.add(scope.rollup());
                        subjects.add(subject);
                    }
                }
            }
            few = subjects.size() <= FEW_SUBJECTS && filtered.numbers().length <= FEW_SERIES;
            parameters.add(RollupSql.array("int4", inScopes.toArray()));
            parameters.add(RollupSql.array("int8", rollups.toArray()));
            parameters.add(RollupSql.array("text", subjects.toArray()));
            parameters.add(RollupSql.array("int4", filtered.scopes()));
            parameters.add(RollupSql.array("int8", filtered.numbers()));
            for (int i = 0; i < questions.size(); i++) {
                if (isDistinct(scopes.get(questions.get(i).scope())) == distinct) {
                    add(i, questions.get(i));
                }
            }
            asked.addTo(parameters);
        }

        private static boolean isDistinct(Scope scope) {
            return scope.aggregation() == Aggregation.UNIQUE_COUNT;
        }

        private void add(int number, Question question) {
            asked.add(number, question.scope(), Span.counted(Level.MINUTE, question.from(), question.to()));
            for (Span span : cover(question)) {
                Map<Level, Columns> kind = switch (span.role()) {
                    case COUNTED -> counted;
                    case WHOLE -> wholes;
                    case TAKEN, GIVEN_BACK -> parts;
                };
                kind.computeIfAbsent(span.level(), level -> new Columns()).add(number, question.scope(), span);
            }
        }

        private List<Span> cover(Question question) {
            Aggregation aggregation = scopes.get(question.scope()).aggregation();
            if (Merge.of(aggregation) == Merge.ADD && aggregation != Aggregation.UNIQUE_COUNT) {
                return Coverage.ofSum(question.from(), question.to(), System.currentTimeMillis() / 1000);
            }
            return Coverage.of(new Stretch(question.from() * Micros.SECOND, question.to() * Micros.SECOND))
                    .spans();
        }

        private static String rows(String columns, String table) {
            // Not by a format, which takes longer than all the rest here.
            return ROWS.replace("COLUMNS", columns).replace(TABLE, table);
        }

        void counted(String kind, String columns) {
            counted.forEach((level, rows) -> {
                branches.add(rows(columns, level.table(kind)));
                rows.addTo(parameters);
            });
        }

        /** Before everything else: their rows say of which series there is something to take. */
        void wholes() {
            var rows = new ArrayList<String>();
            wholes.forEach((level, columns) -> {
                rows.add(rows(
                        "w.series, r.bucket, r.count, r.amount, r.last_at, r.last_position", level.table("rollup")));
                columns.addTo(parameters);
            });
            if (!rows.isEmpty()) {
                whole = ", whole as materialized (" + String.join(" union all ", rows) + ")";
                branches.add("select question, count, amount, last_at, last_position from whole");
            }
        }

        void parts() {
            parts.forEach((level, rows) -> {
                branches.add(PARTS.replace(TABLE, level.table("rollup")));
                rows.addPartsTo(parameters);
            });
        }

        TotalsSql build(String names, String aggregates, String unfolded) {
            String text =
                    WANTED + whole + ", entry (question, " + names + ") as (" + String.join(" union all ", branches)
                            + ") select e.question, " + aggregates + " from entry e group by e.question" + unfolded;
            return new TotalsSql(text, parameters);
        }
    }

    /** Question, scope, from and to as columns. */
    private static final class Columns {

        private final List<Integer> questions = new ArrayList<>();
        private final List<Integer> scopes = new ArrayList<>();
        private final List<Long> from = new ArrayList<>();
        private final List<Long> to = new ArrayList<>();
        private final List<Boolean> taken = new ArrayList<>();
        private final List<Long> wholes = new ArrayList<>();

        void add(int question, int scope, Span span) {
            questions.add(question);
            scopes.add(scope);
            from.add(span.from());
            to.add(span.to());
            taken.add(span.role() == Role.TAKEN);
            wholes.add(span.whole());
        }

        void addPartsTo(List<RollupSql.Parameter> parameters) {
            parameters.add(RollupSql.array("int4", questions.toArray()));
            parameters.add(RollupSql.array("int8", from.toArray()));
            parameters.add(RollupSql.array("int8", to.toArray()));
            parameters.add(RollupSql.array("bool", taken.toArray()));
            parameters.add(RollupSql.array("int8", wholes.toArray()));
        }

        void addTo(List<RollupSql.Parameter> parameters) {
            parameters.add(RollupSql.array("int4", questions.toArray()));
            parameters.add(RollupSql.array("int4", scopes.toArray()));
            parameters.add(RollupSql.array("int8", from.toArray()));
            parameters.add(RollupSql.array("int8", to.toArray()));
        }
    }
}
