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
    private String sliced() {
        return "unnest(d.minute[p.first:p.last], " + each(name -> "d." + name + "[p.first:p.last]") + ") as u (minute, "
                + names() + ")";
    }

    /**
     * The entries {@code u} of the deltas {@code d}, as {@link #sliced}, for each wanted series {@code w}; a condition must
     * select {@code p.first <= p.last}. The array of series is sorted. It is fetched once, as an expression that offset 0
     * prevents from being evaluated again for every element, and is searched by binary search. The other arrays are
     * fetched only from deltas that contain a wanted series.
     */
    String searched() {
        return """
                %s d cross join lateral (select d.series || '{}'::bigint[] as series offset 0) k
                    cross join wanted w
                    cross join lateral (
                        select width_bucket(w.series - 1, k.series) + 1 as first, width_bucket(w.series, k.series) as last
                        offset 0) p
                    cross join lateral (select * from %s offset 0) u
                """.formatted(deltas(), sliced());
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

    /** The rows {@code c} of rollup_compressed with their minutes {@code u} and the times of those, {@code b.bucket}. */
    static String ofCompressed() {
        return "rollup_compressed c cross join lateral unnest(c.minute, c.count, c.amount) as u (minute, count, amount)"
                + " cross join lateral (select c.day + 60 * u.minute as bucket) b";
    }

    /** The condition on {@link #ofCompressed} for minutes of a range. Only rows of days that overlap it are read. */
    static String compressedIn(String from, String to) {
        return "c.day > %1$s - 86400 and c.day < %2$s and b.bucket >= %1$s and b.bucket < %2$s".formatted(from, to);
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
