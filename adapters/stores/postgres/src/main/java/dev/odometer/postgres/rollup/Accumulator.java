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

    /**
     * What has been aggregated, at least one reading.
     *
     * @param amount absent where only the count matters
     * @param firstAt the time of the earliest reading, in microseconds since 1970
     * @param lastAt the time of the latest reading
     * @param lastPosition the order of arrival of the latest reading
     */
    public record Total(long count, @Nullable BigDecimal amount, long firstAt, long lastAt, long lastPosition) {}

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
        boolean isLater = isLater(at.micros(), at.position());
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

    /** Adds what another accumulator of the same series and minute has aggregated. */
    public void add(Total total) {
        boolean isLater = isLater(total.lastAt(), total.lastPosition());
        count += total.count();
        if (total.amount() != null) {
            amount = amount == null ? total.amount() : merged(amount, total.amount(), isLater);
        }
        firstAt = Math.min(firstAt, total.firstAt());
        if (isLater) {
            lastAt = total.lastAt();
            lastPosition = total.lastPosition();
        }
    }

    private boolean isLater(long micros, long position) {
        return micros > lastAt || (micros == lastAt && position > lastPosition);
    }

    public Total total() {
        return new Total(count, amount, firstAt, lastAt, lastPosition);
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
