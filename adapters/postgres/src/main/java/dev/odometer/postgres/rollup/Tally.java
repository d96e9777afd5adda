package dev.odometer.postgres.rollup;

import dev.odometer.postgres.jdbc.Micros;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Readings of one series and minute, or of one group and window, added up in memory. */
public final class Tally {

    final Merge merge;
    public long count;
    /** Absent where only the count matters. */
    public @Nullable BigDecimal amount;

    public long firstAt = Long.MAX_VALUE;
    public long lastAt = Long.MIN_VALUE;
    public long lastPosition = Long.MIN_VALUE;

    public Tally(Merge merge) {
        this.merge = merge;
    }

    public void add(@Nullable BigDecimal reading, long at, long position) {
        boolean later = at > lastAt || (at == lastAt && position > lastPosition);
        count++;
        if (reading != null) {
            amount = amount == null ? reading : merged(amount, reading, later);
        }
        firstAt = Math.min(firstAt, at);
        if (later) {
            lastAt = at;
            lastPosition = position;
        }
    }

    /** The second of the earliest reading. */
    public long firstSecond() {
        return Math.floorDiv(firstAt, Micros.SECOND);
    }

    private BigDecimal merged(BigDecimal older, BigDecimal newer, boolean later) {
        return switch (merge) {
            case ADD -> older.add(newer);
            case MIN -> older.min(newer);
            case MAX -> older.max(newer);
            case LATEST -> later ? newer : older;
        };
    }
}
