package dev.odometer.postgres.query;

import dev.odometer.postgres.rollup.Level;
import dev.odometer.usage.WindowSize;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/** Puts together a statement over rollups, deltas and raw readings, and the parameters in the order of its marks. */
final class RollupSql {

    /** What one parameter is set to. */
    interface Parameter {
        void set(PreparedStatement statement, int index, PGConnection arrays) throws SQLException;
    }

    private final List<String> branches = new ArrayList<>();
    private final List<Parameter> parameters = new ArrayList<>();
    private String wanted = "";

    static Parameter number(long value) {
        return (statement, index, arrays) -> statement.setLong(index, value);
    }

    static Parameter text(String value) {
        return (statement, index, arrays) -> statement.setString(index, value);
    }

    static Parameter array(String type, Object values) {
        return (statement, index, arrays) -> statement.setArray(index, arrays.createArrayOf(type, values));
    }

    /** All series of a rollup, as group 0. */
    void wantAll(long rollup) {
        wanted = "select id as series, 0 as grp from series where rollup = ?";
        parameters.add(number(rollup));
    }

    void want(long[] series, int[] groups) {
        wanted = "select * from unnest(?::bigint[], ?::int[]) as w (series, grp)";
        parameters.add(array("int8", series));
        parameters.add(array("int4", groups));
    }

    /** A branch whose columns begin with the group and the second. */
    void branch(String sql, Parameter... more) {
        branches.add(sql);
        parameters.addAll(List.of(more));
    }

    /** The rollups of every span, with the hours that a boundary cuts read by the minute. */
    void spans(Coverage coverage, String kind, String columns) {
        for (Span span : coverage.spans()) {
            long[] cut = cutHours(coverage, span);
            String table = span.level().table(kind);
            String rows = "select w.grp, r.bucket, " + columns + " from wanted w join " + table
                    + " r on r.series = w.series where r.bucket >= ? and r.bucket < ?";
            if (cut.length == 0) {
                branch(rows, number(span.from()), number(span.to()));
            } else {
                branch(rows + " and r.bucket <> all (?)", number(span.from()), number(span.to()), array("int8", cut));
                branch(
                        "select w.grp, r.bucket, " + columns
                                + " from unnest(?::bigint[]) as h (hour) cross join wanted w join "
                                + Level.MINUTE.table(kind)
                                + " r on r.series = w.series and r.bucket >= h.hour and r.bucket < h.hour + 3600",
                        array("int8", cut));
            }
        }
    }

    private static long[] cutHours(Coverage coverage, Span span) {
        return span.level() != Level.HOUR
                ? new long[0]
                : coverage.cutHours().stream()
                        .filter(hour -> hour >= span.from() && hour < span.to())
                        .mapToLong(Long::longValue)
                        .toArray();
    }

    /**
     * The statement: {@code columns} of the entries, grouped.
     *
     * @param names the names of a branch's columns after group and second
     */
    String build(String names, String aggregates, @Nullable WindowSize size, WindowKeys keys) {
        String keyed;
        if (size == null) {
            keyed = "select e.*, 0 as segment, 0::bigint as start from entry e";
        } else {
            keyed = "select k.*, " + WindowKeys.shiftedStart(size) + " as start from (select e.*, "
                    + WindowKeys.segment() + " as segment from entry e) k";
            // In the order of the marks: the outer select's comes first.
            parameters.add(array("int8", keys.offsets()));
            parameters.add(array("int8", keys.cuts()));
        }
        return "with wanted as (" + wanted + "), entry (grp, at, " + names + ") as ("
                + String.join(" union all ", branches)
                + ") select e.grp, e.segment, e.start, min(e.at), " + aggregates + " from (" + keyed
                + ") e group by e.grp, e.segment, e.start";
    }

    void bind(PreparedStatement statement, PGConnection arrays) throws SQLException {
        for (int i = 0; i < parameters.size(); i++) {
            parameters.get(i).set(statement, i + 1, arrays);
        }
    }
}
