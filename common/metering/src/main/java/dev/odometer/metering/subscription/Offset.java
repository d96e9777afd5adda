package dev.odometer.metering.subscription;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.pricing.CalendarDuration;
import dev.odometer.metering.resource.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * A distance in calendar units from the start of a subscription. Offsets are added before they are applied to a time,
 * so that a phase after one month and another month starts on the 31st if the subscription does.
 *
 * @param months years and months; may be negative, like the other components
 * @param days weeks and days
 * @param time hours, minutes and seconds
 */
public record Offset(long months, long days, Duration time) {

    public static final Offset ZERO = new Offset(0, 0, Duration.ZERO);

    /** The maximum distance from the start: ten times the longest duration. */
    private static final long MAX_MONTHS = 12_000;

    private static final long MAX_DAYS = 365_250;

    /** @throws Refusal when it is longer than 1,000 years */
    public Offset {
        if (Math.abs(months) > MAX_MONTHS || Math.abs(days) > MAX_DAYS || Math.abs(time.toDays()) > MAX_DAYS) {
            throw Refusal.invalid("the phases of a subscription must start within 1,000 years");
        }
    }

    public static Offset of(CalendarDuration duration) {
        return new Offset(duration.months(), duration.days(), duration.time());
    }

    /**
     * Parses an ISO 8601 duration that may have a sign, such as {@code -P1M}.
     *
     * @throws Refusal when the text is not a duration, or is 0
     */
    public static Offset parseSigned(String field, String text) {
        return text.startsWith("-")
                ? ZERO.minus(of(CalendarDuration.parse(field, text.substring(1))))
                : of(CalendarDuration.parse(field, text));
    }

    public Offset plus(Offset other) {
        return new Offset(months + other.months, days + other.days, time.plus(other.time));
    }

    public Offset minus(Offset other) {
        return new Offset(months - other.months, days - other.days, time.minus(other.time));
    }

    /**
     * The time at this distance from the start.
     *
     * @throws Refusal when it is after the year 9999
     */
    public Instant from(Instant start) {
        return Timestamp.checked(
                "the start of a phase",
                start.atOffset(ZoneOffset.UTC)
                        .plusMonths(months)
                        .plusDays(days)
                        .plus(time)
                        .toInstant());
    }
}
