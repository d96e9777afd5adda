package dev.odometer.postgres.rollup;

import dev.odometer.metering.meter.Aggregation;
import dev.odometer.metering.meter.Reading;
import dev.odometer.postgres.jdbc.Micros;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Aggregates readings in memory, of one series and minute, or of one group and window. Not thread-safe. */
public final class Accumulator {

    private final Merge merge;
    /** Whether only the count is needed, so that no amount is stored. */
    private final boolean isCount;

    private long count;
    private @Nullable BigDecimal amount;
    private long firstAt = Long.MAX_VALUE;
    private long lastAt = Long.MIN_VALUE;
    private long lastPosition = Long.MIN_VALUE;

    public Accumulator(Aggregation aggregation) {
        merge = Merge.of(aggregation);
        isCount = aggregation == Aggregation.COUNT;
    }

    public void add(Reading reading, Moment at) {
        boolean isLater = at.micros() > lastAt || (at.micros() == lastAt && at.position() > lastPosition);
        count++;
        if (reading instanceof Reading.Amount read && !isCount) {
            amount = amount == null ? read.value() : merged(amount, read.value(), isLater);
        }
        firstAt = Math.min(firstAt, at.micros());
        if (isLater) {
            lastAt = at.micros();
            lastPosition = at.position();
        }
    }

    private BigDecimal merged(BigDecimal older, BigDecimal newer, boolean isLater) {
        return switch (merge) {
            case ADD -> older.add(newer);
            case MIN -> older.min(newer);
            case MAX -> older.max(newer);
            case LATEST -> isLater ? newer : older;
        };
    }

    /** The second of the earliest reading. */
    public long firstSecond() {
        return Math.floorDiv(firstAt, Micros.SECOND);
    }

    /** The aggregates as arrays, by the names of their database columns. */
    public static Map<String, Object> columns(Collection<Accumulator> accumulators) {
        return Map.of(
                "count", accumulators.stream().mapToLong(one -> one.count).toArray(),
                "amount", accumulators.stream().map(one -> one.amount).toArray(BigDecimal[]::new),
                "first_at", accumulators.stream().mapToLong(one -> one.firstAt).toArray(),
                "last_at", accumulators.stream().mapToLong(one -> one.lastAt).toArray(),
                "last_position",
                        accumulators.stream().mapToLong(one -> one.lastPosition).toArray());
    }
}
