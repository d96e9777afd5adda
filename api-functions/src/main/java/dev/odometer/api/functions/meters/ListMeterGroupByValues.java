package dev.odometer.api.functions.meters;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the recent values of a group-by key, ascending. */
public final class ListMeterGroupByValues implements Function<ListMeterGroupByValues.Input, List<String>> {

    private static final Duration DEFAULT_RANGE = Duration.ofHours(24);
    private static final Duration MAX_AGE = Duration.ofDays(90);
    private static final Duration MAX_RANGE = Duration.ofDays(30);

    private final MeterLookup meters;
    private final UsageLog log;
    private final Clock clock;
    private final int maximum;

    /** @param maximum more values are refused */
    public ListMeterGroupByValues(MeterLookup meters, UsageLog log, Clock clock, int maximum) {
        this.meters = meters;
        this.log = log;
        this.clock = clock;
        this.maximum = maximum;
    }

    /**
     * A group-by key of a meter, and a range.
     *
     * @param from at most 90 days ago; 24 hours before the end when absent
     * @param to at most 30 days after {@code from}; open when absent, with now as the end for the checks
     */
    public record Input(
            String meterIdOrSlug,
            String groupByKey,
            @Nullable Instant from,
            @Nullable Instant to) {}

    @Override
    public List<String> apply(Input input) {
        Meter meter = meters.live(input.meterIdOrSlug);
        if (!meter.groupBy().containsKey(input.groupByKey)) {
            throw Refusal.invalid("invalid group by: " + Refusal.quote(input.groupByKey));
        }
        return log.groupValues(meter, input.groupByKey, range(input), maximum);
    }

    private Range range(Input input) {
        Instant now = clock.instant();
        Instant to = input.to == null ? now : input.to;
        Instant from = input.from == null ? to.minus(DEFAULT_RANGE) : input.from;
        if (from.isBefore(now.minus(MAX_AGE))) {
            throw Refusal.invalid("from must be within the last 90 days: " + from);
        }
        if (Duration.between(from, to).compareTo(MAX_RANGE) > 0) {
            throw Refusal.invalid("from and to must be at most 30 days apart: " + from + " to " + to);
        }
        return new Range(from, input.to);
    }
}
