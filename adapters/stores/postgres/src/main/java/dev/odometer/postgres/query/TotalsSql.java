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
 * The statement that computes many totals from rollups and deltas, and its parameters. Everything that differs between
 * requests is in arrays, so that the text depends on {@link TotalsShape} only and PostgreSQL plans it once (ADR 14).
 */
final class TotalsSql {

    /**
     * With more subjects or series, unnesting all deltas once costs less than searching each delta for every series.
     */
    private static final int FEW_SUBJECTS = 4;

    static final int FEW_SERIES = 48;

    private final List<Scope> scopes;
    private final Columns columns;
    private final long now;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<Role, Map<Granularity, List<Row>>> spans = new EnumMap<>(Role.class);
    private final TotalsShape shape;

    /** @param ending further statements, without rows */
    TotalsSql(Input input, Columns columns, String ending) {
        this.scopes = input.scopes();
        this.columns = columns;
        this.now = input.now();
        int subjects = putWanted();
        int filtered = input.filtered().series().length;
        values.put("filtered_scope", input.filtered().scopes());
        values.put("filtered_series", input.filtered().series());
        putRequests(input.requests());
        values.putAll(input.events().values(columns));
        var levels = new EnumMap<Role, Set<Granularity>>(Role.class);
        spans.forEach((role, rows) -> levels.put(role, EnumSet.copyOf(rows.keySet())));
        shape = new TotalsShape(
                columns,
                scopes.stream()
                        .filter(this::includes)
                        .map(scope -> Merge.of(scope.aggregation()))
                        .collect(Collectors.toUnmodifiableSet()),
                levels,
                subjects <= FEW_SUBJECTS && filtered <= FEW_SERIES,
                filtered > 0,
                !input.events().isEmpty(),
                ending);
    }

    /**
     * The requested totals, and the aggregates of events that the backfills have not reached yet.
     *
     * @param now in seconds; see {@link RollupPlan#ofSum}
     */
    record Input(List<Scope> scopes, List<TotalRequest> requests, Filtered filtered, EventTotals events, long now) {}

    /** The series of scopes with filters, as parallel arrays. */
    @SuppressWarnings("ArrayRecordComponent") // a carrier, never compared
    record Filtered(int[] scopes, long[] series) {}

    /** A span of a request. */
    private record Row(TotalRequest request, Span span) {}

    NamedSql statement() {
        return shape.statement();
    }

    Map<String, Object> values() {
        return values;
    }

    /**
     * Whether this statement computes the totals of a scope: unique counts and other totals have one statement each.
     */
    boolean includes(Scope scope) {
        return (scope.aggregation() == Aggregation.UNIQUE_COUNT) == (columns == Columns.TEXTS);
    }

    /** Adds the subjects of scopes without filters, whose series the statement looks up, and returns their number. */
    private int putWanted() {
        var inScopes = new ArrayList<Integer>();
        var subjects = new ArrayList<String>();
        for (int i = 0; i < scopes.size(); i++) {
            if (scopes.get(i).filters().isEmpty() && includes(scopes.get(i))) {
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

    private void putRequests(List<TotalRequest> requests) {
        var requested = new ArrayList<Row>();
        for (TotalRequest request : requests) {
            if (includes(scopes.get(request.scope()))) {
                requested.add(new Row(request, Span.counted(Granularity.MINUTE, request.from(), request.to())));
                for (Span span : cover(request)) {
                    // A span that is added back is read by the same branch as subtracted ones, with the opposite sign.
                    Role role = span.role() == Role.ADDED_BACK ? Role.SUBTRACTED : span.role();
                    spans.computeIfAbsent(role, r -> new EnumMap<>(Granularity.class))
                            .computeIfAbsent(span.level(), level -> new ArrayList<>())
                            .add(new Row(request, span));
                }
            }
        }
        put("requested", requested);
        spans.forEach((role, levels) -> levels.forEach((level, rows) -> put(TotalsShape.prefix(role, level), rows)));
    }

    private List<Span> cover(TotalRequest request) {
        return scopes.get(request.scope()).aggregation().isSubtractable()
                ? RollupPlan.ofSum(request.from(), request.to(), now)
                : RollupPlan.of(request.range()).spans();
    }

    // Arrays of primitives are sent in binary format, arrays of objects as text.

    private void put(String prefix, List<Row> rows) {
        values.put(prefix + "_request", ints(rows, row -> row.request().number()));
        values.put(prefix + "_scope", ints(rows, row -> row.request().scope()));
        values.put(prefix + "_from", longs(rows, row -> row.span().from()));
        values.put(prefix + "_to", longs(rows, row -> row.span().to()));
        values.put(prefix + "_whole", longs(rows, row -> row.span().whole()));
        values.put(prefix + "_sign", ints(rows, row -> row.span().role() == Role.SUBTRACTED ? -1 : 1));
    }

    private static int[] ints(List<Row> rows, ToIntFunction<Row> column) {
        return rows.stream().mapToInt(column).toArray();
    }

    private static long[] longs(List<Row> rows, ToLongFunction<Row> column) {
        return rows.stream().mapToLong(column).toArray();
    }
}
