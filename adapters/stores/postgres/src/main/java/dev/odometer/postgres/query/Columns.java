package dev.odometer.postgres.query;

import dev.odometer.postgres.rollup.Granularity;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The columns that a statement aggregates. They have the same names in the rollups of every level, in the deltas (as
 * arrays) and in the parameters of {@link EventTotals}, so that one list of names generates the branches that read all
 * three.
 */
enum Columns {
    READINGS("rollup", "count, amount, first_at, last_at, last_position"),
    /**
     * The columns of {@link #READINGS} that totals need. PostgreSQL does not fetch (detoast) the arrays of a delta that
     * are not selected.
     */
    SUMS("rollup", "count, amount, last_at, last_position"),
    TEXTS("distinct", "value");

    private final String table;
    private final String names;

    Columns(String table, String names) {
        this.table = table;
        this.names = names;
    }

    private String each(UnaryOperator<String> sql) {
        return Arrays.stream(names.split(", ")).map(sql).collect(Collectors.joining(", "));
    }

    String names() {
        return names;
    }

    String of(String alias) {
        return each(name -> alias + "." + name);
    }

    String table(Granularity level) {
        return level.table(table);
    }

    String deltas() {
        return table + "_delta";
    }

    /** The entries {@code u} of a delta {@code d}, with their series and minutes. */
    String unnested() {
        return "unnest(d.series, d.minute, " + of("d") + ") as u (series, minute, " + names() + ")";
    }

    /**
     * The entries {@code u} of a delta {@code d} at the indexes {@code p.first} to {@code p.last}, with their minutes.
     */
    String sliced() {
        return "unnest(d.minute[p.first:p.last], " + each(name -> "d." + name + "[p.first:p.last]") + ") as u (minute, "
                + names() + ")";
    }

    /** Whether past buckets of the level are in rollup_compressed. */
    boolean isCompressed(Granularity level) {
        return this != TEXTS && (level == Granularity.MINUTE || level == Granularity.HOUR);
    }

    /**
     * The columns of a compressed minute {@code u} at the second {@code b.bucket}. The first and the last event are
     * known by the minute, which is what queries return and compare.
     */
    String compressed() {
        return each(name -> switch (name) {
            case "first_at", "last_at" -> "b.bucket * 1000000";
            case "last_position" -> "null::bigint";
            default -> "u." + name;
        });
    }

    /** The minutes {@code u} of a row {@code c} of rollup_compressed, with their times {@code b.bucket}. */
    static String ofCompressed() {
        return "cross join lateral unnest(c.minute, c.count, c.amount) as u (minute, count, amount)"
                + " cross join lateral (select c.day + 60 * u.minute as bucket) b";
    }

    /** The aggregates of {@link EventTotals}, by key and second, as rows {@code t}. */
    String eventTotals() {
        String arrays = each(name -> ":" + name + "::" + type(name) + "[]");
        return "unnest(:key::int[], :at::bigint[], " + arrays + ") as t (key, at, " + names() + ")";
    }

    private static String type(String name) {
        return switch (name) {
            case "amount" -> "numeric";
            case "value" -> "bytea";
            default -> "bigint";
        };
    }
}
