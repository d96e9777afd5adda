package dev.odometer.postgres;

import dev.odometer.meter.Aggregation;
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
    // Row by row, so that no plan reads a rollup as a whole.
    private static final String SPANS = """
            select m.question, %1$s
            from unnest(?::int[], ?::int[], ?::bigint[], ?::bigint[]) as m (question, scope, lo, hi)
                join wanted w on w.scope = m.scope cross join lateral (
                    select * from %2$s r where r.series = w.series and r.bucket >= m.lo and r.bucket < m.hi offset 0) r
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
        parts.spans("rollup", "r.count, r.amount, r.last_at, r.last_position");
        parts.branches.add(DELTAS);
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
        parts.spans("distinct", "r.value");
        parts.branches.add(DISTINCT_DELTAS);
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

        private final List<String> branches = new ArrayList<>();
        private final List<RollupSql.Parameter> parameters = new ArrayList<>();
        private final Columns asked = new Columns();
        private final Map<Level, Columns> spans = new EnumMap<>(Level.class);

        Parts(List<Scope> scopes, List<Question> questions, UsageTotals.Series filtered, boolean distinct) {
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
            asked.add(number, question.scope(), question.from(), question.to());
            var stretch = new Stretch(question.from() * Micros.SECOND, question.to() * Micros.SECOND);
            for (Span span : Coverage.of(stretch).spans()) {
                spans.computeIfAbsent(span.level(), level -> new Columns())
                        .add(number, question.scope(), span.from(), span.to());
            }
        }

        void spans(String kind, String columns) {
            spans.forEach((level, rows) -> {
                branches.add(SPANS.formatted(columns, level.table(kind)));
                rows.addTo(parameters);
            });
        }

        TotalsSql build(String names, String aggregates, String unfolded) {
            String text = WANTED + ", entry (question, " + names + ") as (" + String.join(" union all ", branches)
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

        void add(int question, int scope, long first, long end) {
            questions.add(question);
            scopes.add(scope);
            from.add(first);
            to.add(end);
        }

        void addTo(List<RollupSql.Parameter> parameters) {
            parameters.add(RollupSql.array("int4", questions.toArray()));
            parameters.add(RollupSql.array("int4", scopes.toArray()));
            parameters.add(RollupSql.array("int8", from.toArray()));
            parameters.add(RollupSql.array("int8", to.toArray()));
        }
    }
}
