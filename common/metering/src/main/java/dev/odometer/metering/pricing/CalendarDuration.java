package dev.odometer.metering.pricing;

import dev.odometer.functions.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/**
 * An ISO 8601 duration with calendar units, such as {@code P1M}, {@code P2W} or {@code P1DT12H}. Its length depends on
 * where it starts. It is above 0 and at most 100 years.
 *
 * @param text as it was given
 * @param months years and months
 * @param days weeks and days; a day has the length that the time zone gives it
 * @param time hours, minutes and seconds
 */
public record CalendarDuration(String text, int months, int days, Duration time) {

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int MAX_MONTHS = 1200;
    private static final int MAX_DAYS = 36_525;
    private static final Duration MAX_TIME = Duration.ofDays(MAX_DAYS);
    private static final int MAX_LENGTH = 32;

    private static final Pattern NONE = Pattern.compile("P(?:0+[YMWD])*(?:T(?:0+[HMS])+)?");

    /**
     * As {@link #parse}, but 0 is allowed.
     *
     * @throws Refusal when the text is not a duration of at most 100 years
     */
    public static CalendarDuration orZero(String field, String text) {
        boolean isZero = text.length() > 1
                && text.length() <= MAX_LENGTH
                && NONE.matcher(text).matches();
        return isZero ? new CalendarDuration(text, 0, 0, Duration.ZERO) : parse(field, text);
    }

    /** The time one duration later, in UTC. */
    public Instant after(Instant start) {
        return addTo(start.atZone(ZoneOffset.UTC), 1).toInstant();
    }

    /** The time one duration earlier, in UTC. */
    public Instant before(Instant end) {
        return end.atZone(ZoneOffset.UTC)
                .minusMonths(months)
                .minusDays(days)
                .minus(time)
                .toInstant();
    }

    /** @throws Refusal when the text is not a duration above 0, of at most 100 years */
    @SuppressWarnings("JavaPeriodGetDays") // the months are read separately
    public static CalendarDuration parse(String field, String text) {
        int t = text.indexOf('T');
        String dates = t < 0 ? text : text.substring(0, t);
        try {
            Period period = dates.equals("P") ? Period.ZERO : Period.parse(dates);
            Duration time = t < 0 ? Duration.ZERO : Duration.parse("P" + text.substring(t));
            long months = period.toTotalMonths();
            if (text.length() <= MAX_LENGTH && isWithinBounds(months, period.getDays(), time)) {
                return new CalendarDuration(text, (int) months, period.getDays(), time);
            }
        } catch (DateTimeParseException | ArithmeticException malformed) {
            throw Refusal.invalid(field + " must be an ISO 8601 duration: " + Refusal.quote(text));
        }
        throw Refusal.invalid(field + " must be above 0 and at most 100 years: " + Refusal.quote(text));
    }

    private static boolean isWithinBounds(long months, int days, Duration time) {
        boolean isPositive = months > 0 || days > 0 || !time.isZero();
        return isPositive
                && months >= 0
                && days >= 0
                && !time.isNegative()
                && months <= MAX_MONTHS
                && days <= MAX_DAYS
                && time.compareTo(MAX_TIME) <= 0;
    }

    /** The time {@code times} durations later, each unit counted from the start. */
    public ZonedDateTime addTo(ZonedDateTime start, long times) {
        return start.plusMonths(months * times).plusDays(days * times).plus(time.multipliedBy(times));
    }

    public boolean isShorterThanAnHour() {
        return months == 0 && days == 0 && time.compareTo(HOUR) < 0;
    }

    /** Whether it consists of whole months or of whole days, so that it can be a billing cadence. */
    public boolean isCadence() {
        return time.isZero() && (months == 0 || days == 0);
    }

    /** Whether one of two cadences is a multiple of the other, so that their periods never overlap in part. */
    public boolean isAlignedWith(CalendarDuration other) {
        return (days == 0 && other.days == 0 && isMultiple(months, other.months))
                || (months == 0 && other.months == 0 && isMultiple(days, other.days));
    }

    private static boolean isMultiple(int one, int other) {
        return one > 0 && other > 0 && (one % other == 0 || other % one == 0);
    }
}
