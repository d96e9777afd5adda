package dev.odometer.metering.pricing;

import dev.odometer.metering.usage.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * Adjacent periods of one cadence. Each starts a whole number of cadences from the anchor, in local time of the zone. The
 * start is computed from the anchor, not from the previous period, so monthly periods anchored on the 31st start on the
 * last day of shorter months and on the 31st of the others, and no run or restart moves them.
 *
 * @param cadence whole months or whole days, see {@link CalendarDuration#isCadence}
 * @param anchor a start of a period; periods also precede it
 * @param zone decides where local dates begin; a period over a change to daylight saving time is an hour shorter
 */
public record BillingPeriods(CalendarDuration cadence, Instant anchor, ZoneId zone) {

    /** The average month and day, in seconds. */
    private static final long MONTH_SECONDS = 2_629_746;

    private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

    public BillingPeriods {
        if (!cadence.isCadence()) {
            throw new IllegalArgumentException("not a cadence: " + cadence.text());
        }
    }

    /** The period that contains the time: {@code start <= t < end}. */
    public Window containing(Instant at) {
        // The average length is off by a few periods per century at most.
        long n = Math.floorDiv(at.getEpochSecond() - anchor.getEpochSecond(), averageSeconds());
        Instant start = start(n);
        while (at.isBefore(start)) {
            n--;
            start = start(n);
        }
        Instant end = start(n + 1);
        while (!at.isBefore(end)) {
            n++;
            start = end;
            end = start(n + 1);
        }
        return new Window(start, end);
    }

    /** The period that follows one. */
    public Window after(Window period) {
        return containing(period.end());
    }

    /** Whether a period starts at the time. */
    public boolean isBoundary(Instant at) {
        return containing(at).start().equals(at);
    }

    private long averageSeconds() {
        return cadence.months() * MONTH_SECONDS + cadence.days() * DAY_SECONDS;
    }

    private Instant start(long n) {
        // ZonedDateTime keeps the offset of the anchor where a local time occurs twice, so that start(0) is the anchor.
        return cadence.addTo(ZonedDateTime.ofInstant(anchor, zone), n).toInstant();
    }
}
