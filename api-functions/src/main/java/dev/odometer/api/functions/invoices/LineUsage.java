package dev.odometer.api.functions.invoices;

import dev.odometer.api.functions.meters.MeterLookup;
import dev.odometer.metering.entitlement.Feature.Measure;
import dev.odometer.metering.invoice.Evidence;
import dev.odometer.metering.meter.Meter;
import dev.odometer.metering.usage.Range;
import dev.odometer.metering.usage.UsageLog;
import dev.odometer.metering.usage.UsageQuery;
import dev.odometer.metering.usage.UsageRow;
import dev.odometer.metering.usage.Window;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Reads the usage that a line bills. */
final class LineUsage {

    private final MeterLookup meters;
    private final UsageLog log;

    LineUsage(MeterLookup meters, UsageLog log) {
        this.meters = meters;
        this.log = log;
    }

    /** @throws dev.odometer.functions.refusal.Refusal NOT_FOUND when the meter is deleted */
    Meter meter(Measure measure) {
        return meters.liveWithId(measure.meterId());
    }

    /** The usage of a range until now, with its query. */
    Evidence read(Measure measure, Collection<String> subjects, Window range, Instant now) {
        Instant until = now.truncatedTo(ChronoUnit.MINUTES);
        Window read = range.end().isAfter(until) ? new Window(range.start(), until) : range;
        return new Evidence(measure, List.copyOf(subjects), read, quantity(measure, subjects, read), now);
    }

    /** The result of the query of a line today. */
    BigDecimal again(Evidence evidence) {
        return quantity(evidence.measure(), evidence.subjects(), evidence.range());
    }

    private BigDecimal quantity(Measure measure, Collection<String> subjects, Window range) {
        if (!range.start().isBefore(range.end())) {
            return BigDecimal.ZERO;
        }
        var query = new UsageQuery(
                meter(measure),
                new Range(range.start(), range.end()),
                null,
                ZoneOffset.UTC,
                Set.copyOf(subjects),
                null,
                false,
                false,
                List.of(),
                measure.filters());
        return log.query(query).stream().map(UsageRow::value).findFirst().orElse(BigDecimal.ZERO);
    }
}
