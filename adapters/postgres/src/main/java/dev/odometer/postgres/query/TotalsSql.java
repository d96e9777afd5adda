package dev.odometer.postgres.query;

import dev.odometer.meter.Aggregation;
import dev.odometer.postgres.jdbc.Micros;
import dev.odometer.postgres.query.Span.Role;
import dev.odometer.postgres.query.UsageTotals.Question;
import dev.odometer.postgres.rollup.Level;
import dev.odometer.postgres.rollup.Merge;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;

/** The statement that adds up rollups and deltas for many questions, and its parameters in the order of its marks. */
final class TotalsSql {

    /** With more subjects, to take all deltas apart once is less than to search each for every series. */
    private static final int FEW_SUBJECTS = 4;

    private static final int FEW_SERIES = 48;

    private final List<Scope> scopes;
    private final boolean distinct;
    private final List<RollupSql.Parameter> parameters = new ArrayList<>();
    private final List<Row> asked = new ArrayList<>();
    private final Map<Level, List<Row>> wholes = new EnumMap<>(Level.class);
    private final Map<Level, List<Row>> counted = new EnumMap<>(Level.class);
    private final Map<Level, List<Row>> parts = new EnumMap<>(Level.class);
    private final TotalsShape shape;

    private TotalsSql(Asked all, boolean distinct, boolean isBacklogged) {
        this.scopes = all.scopes();
        this.distinct = distinct;
        int subjects = addWanted();
        if (all.filtered().numbers().length > 0) {
            parameters.add(RollupSql.array("int4", all.filtered().scopes()));
            parameters.add(RollupSql.array("int8", all.filtered().numbers()));
        }
        for (int i = 0; i < all.questions().size(); i++) {
            Question question = all.questions().get(i);
            if (isDistinct(scopes.get(question.scope())) == distinct) {
                add(i, question);
            }
        }
        addColumns(asked);
        wholes.values().forEach(this::addColumns);
        counted.values().forEach(this::addColumns);
        parts.values().forEach(this::addPartColumns);
        shape = new TotalsShape(
                distinct ? Set.of() : merges(),
                Set.copyOf(wholes.keySet()),
                Set.copyOf(counted.keySet()),
                Set.copyOf(parts.keySet()),
                subjects <= FEW_SUBJECTS && all.filtered().numbers().length <= FEW_SERIES,
                all.filtered().numbers().length > 0,
                isBacklogged);
    }

    /** Everything that is asked for. */
    record Asked(List<Scope> scopes, List<Question> questions, UsageTotals.Series filtered) {}

    /** A span of a question. */
    private record Row(int question, int scope, Span span) {}

    static TotalsSql sums(Asked asked, BacklogTotals backlog) {
        var sql = new TotalsSql(asked, false, backlog.isNeeded());
        if (backlog.isNeeded()) {
            sql.parameters.addAll(backlog.tallyColumns());
        }
        return sql;
    }

    static TotalsSql distinct(Asked asked, BacklogTotals backlog) {
        var sql = new TotalsSql(asked, true, backlog.isNeeded());
        if (backlog.isNeeded()) {
            sql.parameters.addAll(backlog.textColumns());
        }
        return sql;
    }

    /** @param ending more statements, without rows */
    String text(String ending) {
        return shape.text(ending);
    }

    void bind(PreparedStatement statement, PGConnection arrays) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).set(statement, i + 1, arrays);
        }
    }

    private static boolean isDistinct(Scope scope) {
        return scope.aggregation() == Aggregation.UNIQUE_COUNT;
    }

    private Set<Merge> merges() {
        return scopes.stream()
                .filter(scope -> !isDistinct(scope))
                .map(scope -> Merge.of(scope.aggregation()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many subjects there are, each of a scope without filters. */
    private int addWanted() {
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
        parameters.add(RollupSql.array("int4", inScopes.toArray(Integer[]::new)));
        parameters.add(RollupSql.array("int8", rollups.toArray(Long[]::new)));
        parameters.add(RollupSql.array("text", subjects.toArray(String[]::new)));
        return subjects.size();
    }

    private void add(int number, Question question) {
        asked.add(new Row(number, question.scope(), Span.counted(Level.MINUTE, question.from(), question.to())));
        for (Span span : cover(question)) {
            Map<Level, List<Row>> kind = switch (span.role()) {
                case COUNTED -> counted;
                case WHOLE -> wholes;
                case TAKEN, GIVEN_BACK -> parts;
            };
            kind.computeIfAbsent(span.level(), level -> new ArrayList<>()).add(new Row(number, question.scope(), span));
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

    private void addColumns(List<Row> rows) {
        parameters.add(ints(rows, Row::question));
        parameters.add(ints(rows, Row::scope));
        parameters.add(longs(rows, row -> row.span().from()));
        parameters.add(longs(rows, row -> row.span().to()));
    }

    private void addPartColumns(List<Row> rows) {
        parameters.add(ints(rows, Row::question));
        parameters.add(longs(rows, row -> row.span().from()));
        parameters.add(longs(rows, row -> row.span().to()));
        parameters.add(RollupSql.array(
                "bool",
                rows.stream().map(row -> row.span().role() == Role.TAKEN).toArray(Boolean[]::new)));
        parameters.add(longs(rows, row -> row.span().whole()));
    }

    // An array of numbers goes to the database in its own form; one of objects would go as text.

    private static RollupSql.Parameter ints(List<Row> rows, ToIntFunction<Row> column) {
        return RollupSql.array("int4", rows.stream().mapToInt(column).toArray());
    }

    private static RollupSql.Parameter longs(List<Row> rows, ToLongFunction<Row> column) {
        return RollupSql.array("int8", rows.stream().mapToLong(column).toArray());
    }
}
