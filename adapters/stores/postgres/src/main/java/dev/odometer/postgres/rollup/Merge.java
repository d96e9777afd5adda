package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.Aggregation;

/**
 * The ways to merge two amounts of one series. In SQL, {@code r} is the stored row, {@code excluded} the new one, and
 * {@code e} the entries.
 */
public enum Merge {
    ADD("sum(e.amount)", "r.amount + excluded.amount"),
    MIN("min(e.amount)", "least(r.amount, excluded.amount)"),
    MAX("max(e.amount)", "greatest(r.amount, excluded.amount)"),
    LATEST("(array_agg(e.amount order by e.last_at desc, e.last_position desc))[1]", later("amount")) {
        @Override
        String position() {
            return "(array_agg(e.last_position order by e.last_at desc, e.last_position desc))[1]";
        }

        @Override
        String updatePosition() {
            return later("last_position");
        }
    };

    /** The SQL aggregate of entries {@code e}. */
    public final String aggregate;
    /** The SQL of the merged amount of a stored row {@code r} and a new one. */
    final String update;

    Merge(String aggregate, String update) {
        this.aggregate = aggregate;
        this.update = update;
    }

    /** The SQL of the position of the latest of the entries {@code e}; only {@link #LATEST} stores positions. */
    String position() {
        return "null::bigint";
    }

    /** The SQL of the position of a stored row {@code r} and a new one. */
    String updatePosition() {
        return "null";
    }

    private static String later(String column) {
        return "case when (excluded.last_at, excluded.last_position) > (r.last_at, r.last_position) then excluded."
                + column + " else r." + column + " end";
    }

    public static Merge of(Aggregation aggregation) {
        return switch (aggregation) {
            case SUM, COUNT, AVG, UNIQUE_COUNT -> ADD;
            case MIN -> MIN;
            case MAX -> MAX;
            case LATEST -> LATEST;
        };
    }
}
