package dev.odometer.postgres.query;

import dev.odometer.metering.usage.WindowSize;
import dev.odometer.postgres.jdbc.Database;
import dev.odometer.postgres.jdbc.NamedSql;
import dev.odometer.postgres.plan.RollupPlan;
import dev.odometer.postgres.plan.Span;
import dev.odometer.postgres.plan.WindowKeys;
import dev.odometer.postgres.rollup.Granularity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * The statement that aggregates rows by group and window. Each span is a branch of a union with its bounds as scalar
 * parameters: the planner can then estimate the share of a level that is read, and choose a sequential scan for a large
 * one.
 */
final class RowsSql {

    private static final String TEXT = """
            with wanted as (%s), entry (grp, at, %s) as (%s)
            select e.grp, e.segment, e.start, min(e.at) as at, %s
            from (%s) e group by e.grp, e.segment, e.start limit :limit
            """;
    private static final String SPAN = """
            select w.grp, r.bucket, %s
            from wanted w join %s r on r.series = w.series
            where r.bucket >= :from%3$d and r.bucket < :to%3$d
            """;
    // An hour that a window boundary splits belongs to two windows, so it is read by the minute.
    private static final String UNCUT = " and r.bucket <> all (:cut)";
    private static final String CUT = """
            select w.grp, r.bucket, %s
            from unnest(:cut::bigint[]) as h (hour) cross join wanted w
                join %s r on r.series = w.series and r.bucket >= h.hour and r.bucket < h.hour + 3600
            where h.hour >= :from%3$d and h.hour < :to%3$d
            """;
    private static final String COMPRESSED = """
            select w.grp, b.bucket, %s from wanted w cross join %s
            where c.series = w.series and %s
            """;
    private static final String DELTAS = """
            select w.grp, u.minute, %s
            from %s d, %s join wanted w on w.series = u.series
            where %s u.minute >= :from and u.minute < :to
            """;
    private static final String SEARCHED_DELTAS = """
            select w.grp, u.minute, %s from %s
            where %s p.first <= p.last and u.minute >= :from and u.minute < :to
            """;
    private static final String OF_KIND = "d.kind = :kind and";
    private static final String ACTIVE = "select r.series from %s r where r.bucket >= :from%2$d and r.bucket < :to%2$d";
    private static final String ACTIVE_COMPRESSED = "select c.series from %s where %s";
    private static final String ACTIVE_DELTAS = """
            select u.series from rollup_delta d, unnest(d.series, d.minute) as u (series, minute)
            where u.minute >= :from and u.minute < :to
            """;

    private final RollupPlan plan;
    private final @Nullable WindowSize size;
    private final EventTotals events;
    private final Map<String, Object> values = new HashMap<>();
    private String wanted = "select id as series, 0 as grp from series where rollup = :rollup";
    private boolean isFew;

    RowsSql(RollupPlan plan, @Nullable WindowSize size, EventTotals events) {
        this.plan = plan;
        this.size = size;
        this.events = events;
        List<Span> spans = plan.spans();
        for (int i = 0; i < spans.size(); i++) {
            values.put("from" + i, spans.get(i).from());
            values.put("to" + i, spans.get(i).to());
        }
        values.put("cut", plan.cutHours().stream().mapToLong(hour -> hour).toArray());
        // Deltas are by the minute, so they are read in the ranges of all levels.
        values.put("from", spans.stream().mapToLong(Span::from).min().orElse(0));
        values.put("to", spans.stream().mapToLong(Span::to).max().orElse(0));
    }

    void put(String name, Object value) {
        values.put(name, value);
    }

    /** Reads these series, each in its group, instead of all series of the rollup in group 0. */
    void wanted(long[] series, int[] groups) {
        isFew = series.length <= TotalsSql.FEW_SERIES;
        wanted = "select * from unnest(:series::bigint[], :groups::int[]) as w (series, grp)";
        values.put("series", series);
        values.put("groups", groups);
    }

    /** A query for the series, of any meter, that have readings in the rollups and deltas of the plan. */
    String activeSeries() {
        var branches = new ArrayList<String>();
        for (int i = 0; i < plan.spans().size(); i++) {
            branches.add(
                    ACTIVE.formatted(Columns.READINGS.table(plan.spans().get(i).level()), i));
            if (Columns.READINGS.isCompressed(plan.spans().get(i).level())) {
                branches.add(ACTIVE_COMPRESSED.formatted(Columns.ofCompressed(), compressedIn(i)));
            }
        }
        branches.add(ACTIVE_DELTAS);
        return String.join(" union all ", branches);
    }

    Map<String, Object> values() {
        return values;
    }

    void run(Database database, Columns columns, String aggregates, RowCallbackHandler reader) {
        var all = new HashMap<>(values);
        all.putAll(events.values(columns));
        String branches = String.join(" union all ", branches(columns));
        database.query(
                new NamedSql(TEXT.formatted(wanted, columns.names(), branches, aggregates, withWindowKeys())),
                all,
                reader);
    }

    private List<String> branches(Columns columns) {
        var branches = new ArrayList<String>();
        for (int i = 0; i < plan.spans().size(); i++) {
            Granularity level = plan.spans().get(i).level();
            boolean isCut = level == Granularity.HOUR && !plan.cutHours().isEmpty();
            branches.add(SPAN.formatted(columns.of("r"), columns.table(level), i) + (isCut ? UNCUT : ""));
            if (isCut) {
                branches.add(CUT.formatted(columns.of("r"), columns.table(Granularity.MINUTE), i));
            }
            if (columns.isCompressed(level)) {
                branches.add(COMPRESSED.formatted(columns.compressed(), Columns.ofCompressed(), compressedIn(i)));
            }
        }
        if (!branches.isEmpty()) {
            String kind = columns == Columns.TEXTS ? "" : OF_KIND;
            branches.add(
                    isFew
                            ? SEARCHED_DELTAS.formatted(columns.of("u"), columns.searched(), kind)
                            : DELTAS.formatted(columns.of("u"), columns.deltas(), columns.unnested(), kind));
        }
        branches.add("select * from " + columns.eventTotals());
        return branches;
    }

    private static String compressedIn(int span) {
        return Columns.compressedIn(":from" + span, ":to" + span);
    }

    private String withWindowKeys() {
        return size == null
                ? "select e.*, 0 as segment, 0::bigint as start from entry e"
                : "select k.*, " + WindowKeys.shiftedStart(size) + " as start from (select e.*, " + WindowKeys.segment()
                        + " as segment from entry e) k";
    }
}
