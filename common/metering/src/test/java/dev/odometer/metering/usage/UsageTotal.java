package dev.odometer.metering.usage;

import dev.odometer.metering.filter.TextFilter;
import dev.odometer.metering.meter.Meter;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A query for a single number: a meter's value in a window of whole minutes.
 *
 * @param subjects the subjects whose usage counts; empty for none
 * @param filters conditions by group-by key of the meter
 * @param window starts and ends at full minutes
 */
public record UsageTotal(Meter meter, Set<String> subjects, Map<String, TextFilter> filters, Window window) {

    private static final int MINUTE = 60;

    public UsageTotal {
        subjects = Set.copyOf(subjects);
        filters = Map.copyOf(filters);
        if (!window.start().isBefore(window.end())
                || window.start().getEpochSecond() % MINUTE != 0
                || window.end().getEpochSecond() % MINUTE != 0) {
            throw new IllegalArgumentException("window must start and end at full minutes: " + window);
        }
    }

    /** The result of a query without a window size; 0 where nothing was counted. */
    public BigDecimal of(UsageLog log) {
        var range = new Range(window.start(), window.end());
        var query =
                new UsageQuery(meter, range, null, ZoneOffset.UTC, subjects, null, false, false, List.of(), filters);
        return log.query(query).stream().map(UsageRow::value).findFirst().orElse(BigDecimal.ZERO);
    }
}
