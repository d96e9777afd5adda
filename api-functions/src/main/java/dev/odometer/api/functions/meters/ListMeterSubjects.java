package dev.odometer.api.functions.meters;

import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists the subjects with usage of a meter, ascending. */
public final class ListMeterSubjects implements Function<ListMeterSubjects.Input, List<String>> {

    private final MeterLookup meters;
    private final UsageLog log;
    private final int maximum;

    /** @param maximum more subjects are refused */
    public ListMeterSubjects(MeterLookup meters, UsageLog log, int maximum) {
        this.meters = meters;
        this.log = log;
        this.maximum = maximum;
    }

    /** A meter and a range; absent bounds are open. */
    public record Input(
            String meterIdOrSlug,
            @Nullable Instant from,
            @Nullable Instant to) {}

    @Override
    public List<String> apply(Input input) {
        var range = new Range(input.from, input.to);
        return log.subjects(meters.live(input.meterIdOrSlug), range, maximum);
    }
}
