package dev.odometer.postgres;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Readings of one series and minute, or of one group and window, added up in memory. */
final class Accumulator {

    final Merge merge;
    long count;
    /** Absent where only the count matters. */
    @Nullable
    BigDecimal amount;

    long firstAt = Long.MAX_VALUE;
    long lastAt = Long.MIN_VALUE;
    long lastPosition = Long.MIN_VALUE;

    Accumulator(Merge merge) {
        this.merge = merge;
    }

    void add(@Nullable BigDecimal reading, long at, long position) {
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
    long firstSecond() {
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
