package dev.odometer.postgres.query;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.postgres.jdbc.NamedSql;
import dev.odometer.postgres.plan.RollupPlan;
import dev.odometer.postgres.plan.Span;
import dev.odometer.postgres.plan.Span.Role;
import dev.odometer.postgres.rollup.Granularity;
import dev.odometer.postgres.rollup.Merge;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/**
 * The statement that adds up rollups and deltas for many questions, and its parameters. All that the questions differ by is
 * in arrays, so that the text depends on {@link TotalsShape} only and the database plans it once for all questions (ADR 14).
 */
final class TotalsSql {

    /** With more subjects, to take all deltas apart once is less than to search each for every series. */
    private static final int FEW_SUBJECTS = 4;

    private static final int FEW_SERIES = 48;

    private final List<Scope> scopes;
    private final Columns columns;
    private final long now;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<Role, Map<Granularity, List<Row>>> spans = new EnumMap<>(Role.class);
    private final TotalsShape shape;

    /** @param ending more statements, without rows */
    TotalsSql(Asked asked, Columns columns, String ending) {
        this.scopes = asked.scopes();
        this.columns = columns;
        this.now = asked.now();
        int subjects = putWanted();
        int filtered = asked.filtered().series().length;
        values.put("filtered_scope", asked.filtered().scopes());
        values.put("filtered_series", asked.filtered().series());
        putQuestions(asked.questions());
        values.putAll(asked.events().values(columns));
        var levels = new EnumMap<Role, Set<Granularity>>(Role.class);
        spans.forEach((role, rows) -> levels.put(role, EnumSet.copyOf(rows.keySet())));
        shape = new TotalsShape(
                columns,
                scopes.stream()
                        .filter(this::isAbout)
                        .map(scope -> Merge.of(scope.aggregation()))
                        .collect(Collectors.toUnmodifiableSet()),
                levels,
                subjects <= FEW_SUBJECTS && filtered <= FEW_SERIES,
                filtered > 0,
                !asked.events().isEmpty(),
                ending);
    }

    /**
     * Everything that is asked for, and what the events add that the backfills have yet to reach.
     *
     * @param now in seconds; see {@link RollupPlan#ofSum}
     */
    record Asked(List<Scope> scopes, List<Question> questions, Filtered filtered, EventTotals events, long now) {}

    /** The series of scopes with filters, as arrays that go together. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Filtered(int[] scopes, long[] series) {}

    /** A span of a question. */
    private record Row(Question question, Span span) {}

    NamedSql statement() {
        return shape.statement();
    }

    Map<String, Object> values() {
        return values;
    }

    /** Whether the statement answers questions about the scope: texts and numbers have one each. */
    boolean isAbout(Scope scope) {
        return (scope.aggregation() == Aggregation.UNIQUE_COUNT) == (columns == Columns.TEXTS);
    }

    /** The subjects of scopes without filters, whose series the statement finds; how many there are. */
    private int putWanted() {
        var inScopes = new ArrayList<Integer>();
        var subjects = new ArrayList<String>();
        for (int i = 0; i < scopes.size(); i++) {
            if (scopes.get(i).filters().isEmpty() && isAbout(scopes.get(i))) {
                for (String subject : scopes.get(i).subjects()) {
                    inScopes.add(i);
                    subjects.add(subject);
                }
            }
        }
        values.put("wanted_scope", inScopes.stream().mapToInt(i -> i).toArray());
        values.put(
                "wanted_rollup",
                inScopes.stream().mapToLong(i -> scopes.get(i).rollup()).toArray());
        values.put("wanted_subject", subjects.toArray(String[]::new));
        return subjects.size();
    }

    private void putQuestions(List<Question> questions) {
        var asked = new ArrayList<Row>();
        for (Question question : questions) {
            if (isAbout(scopes.get(question.scope()))) {
                asked.add(new Row(question, Span.counted(Granularity.MINUTE, question.from(), question.to())));
                for (Span span : cover(question)) {
                    // What is given back is taken with the other sign, by the same branch.
                    Role role = span.role() == Role.GIVEN_BACK ? Role.TAKEN : span.role();
                    spans.computeIfAbsent(role, r -> new EnumMap<>(Granularity.class))
                            .computeIfAbsent(span.level(), level -> new ArrayList<>())
                            .add(new Row(question, span));
                }
            }
        }
        put("asked", asked);
        spans.forEach((role, levels) -> levels.forEach((level, rows) -> put(TotalsShape.prefix(role, level), rows)));
    }

    private List<Span> cover(Question question) {
        return scopes.get(question.scope()).aggregation().isSubtractable()
                ? RollupPlan.ofSum(question.from(), question.to(), now)
                : RollupPlan.of(question.stretch()).spans();
    }

    // An array of numbers goes to the database in its own form; one of objects would go as text.

    private void put(String prefix, List<Row> rows) {
        values.put(prefix + "_question", ints(rows, row -> row.question().number()));
        values.put(prefix + "_scope", ints(rows, row -> row.question().scope()));
        values.put(prefix + "_from", longs(rows, row -> row.span().from()));
        values.put(prefix + "_to", longs(rows, row -> row.span().to()));
        values.put(prefix + "_whole", longs(rows, row -> row.span().whole()));
        values.put(prefix + "_sign", ints(rows, row -> row.span().role() == Role.TAKEN ? -1 : 1));
    }

    private static int[] ints(List<Row> rows, ToIntFunction<Row> column) {
        return rows.stream().mapToInt(column).toArray();
    }

    private static long[] longs(List<Row> rows, ToLongFunction<Row> column) {
        return rows.stream().mapToLong(column).toArray();
    }
}
