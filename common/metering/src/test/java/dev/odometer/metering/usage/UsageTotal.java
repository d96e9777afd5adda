package dev.odometer.metering.usage;

import dev.odometer.metering.meter.Meter;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A question for one number: a meter's value over a stretch of whole minutes.
 *
 * @param subjects only these; none of them, nothing
 * @param filters conditions on the values of the meter's keys
 * @param window from a minute's start to a later one's
 */
public record UsageTotal(Meter meter, Set<String> subjects, Map<String, TextFilter> filters, Window window) {

    private static final int MINUTE = 60;

    public UsageTotal {
        subjects = Set.copyOf(subjects);
        filters = Map.copyOf(filters);
        if (!window.start().isBefore(window.end())
                || window.start().getEpochSecond() % MINUTE != 0
                || window.end().getEpochSecond() % MINUTE != 0) {
            throw new IllegalArgumentException("a total is over whole minutes: " + window);
        }
    }

    /** The answer, as a query without windows gives it; 0 where nothing was counted. */
    public BigDecimal of(UsageLog log) {
        var range = new Range(window.start(), window.end());
        var query =
                new UsageQuery(meter, range, null, ZoneOffset.UTC, subjects, null, false, false, List.of(), filters);
        return log.query(query).stream().map(UsageRow::value).findFirst().orElse(BigDecimal.ZERO);
    }
}
