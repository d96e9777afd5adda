package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.Aggregation;

/** How two amounts of one series become one; in SQL, with {@code r} the older and {@code e} the newer. */
public enum Merge {
    ADD("sum(e.amount)", "r.amount + excluded.amount"),
    MIN("min(e.amount)", "least(r.amount, excluded.amount)"),
    MAX("max(e.amount)", "greatest(r.amount, excluded.amount)"),
    LATEST(
            "(array_agg(e.amount order by e.last_at desc, e.last_position desc))[1]",
            "case when (excluded.last_at, excluded.last_position) > (r.last_at, r.last_position)"
                    + " then excluded.amount else r.amount end");

    /** Of many entries {@code e}. */
    public final String aggregate;
    /** Of a row {@code r} and the one that would replace it. */
    final String update;

    Merge(String aggregate, String update) {
        this.aggregate = aggregate;
        this.update = update;
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
