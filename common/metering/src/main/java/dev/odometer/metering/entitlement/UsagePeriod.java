package dev.odometer.metering.entitlement;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.metering.usage.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * A recurring interval that divides time into adjacent periods. Each period starts a whole number of intervals from the
 * anchor. The start is computed from the anchor, not from the previous period, so a monthly period anchored on the 31st
 * starts on the last day of shorter months and on the 31st of the others. Times are in UTC, in whole minutes, and a day
 * has 24 hours.
 *
 * @param months the calendar part of the interval, in months, at least 0
 * @param time the exact part of the interval, in whole minutes
 */
public record UsagePeriod(long months, Duration time, Instant anchor) {

    private static final Map<String, Period> NAMED = Map.of(
            "DAY", Period.ofDays(1),
            "WEEK", Period.ofWeeks(1),
            "MONTH", Period.ofMonths(1),
            "YEAR", Period.ofYears(1));
    private static final String USAGE_PERIOD = "usagePeriod.interval";
    private static final Duration MIN_INTERVAL = Duration.ofHours(1);
    private static final long CENTURY_DAYS = 36_525;
    private static final long CENTURY_MONTHS = 1200;
    private static final int MAX_MONTH_LENGTH = 31;
    private static final int MIN_MONTH_LENGTH = 28;

    /** @throws Refusal when the interval is shorter than an hour, longer than a century or not in whole minutes */
    public UsagePeriod {
        anchor = anchor.truncatedTo(ChronoUnit.MINUTES);
        checkLength(USAGE_PERIOD, months, time);
    }

    private static void checkLength(String field, long months, Duration time) {
        // months / CENTURY_MONTHS + days / CENTURY_DAYS must not exceed 1, multiplied out to stay exact. The checks of
        // each part come first, so that the products cannot overflow.
        if (months < 0
                || time.isNegative()
                || months > CENTURY_MONTHS
                || time.toDays() > CENTURY_DAYS
                || months * CENTURY_DAYS + time.toDays() * CENTURY_MONTHS > CENTURY_MONTHS * CENTURY_DAYS
                || (months == 0 && time.compareTo(MIN_INTERVAL) < 0)
                || !time.equals(time.truncatedTo(ChronoUnit.MINUTES))) {
            throw Refusal.invalid(field + " must be in whole minutes, from one hour to 100 years");
        }
    }

    /**
     * @param interval DAY, WEEK, MONTH, YEAR or an ISO 8601 duration, such as {@code P3M} or {@code PT12H}
     * @throws Refusal when the interval is invalid
     */
    public static UsagePeriod of(String interval, Instant anchor) {
        return of(USAGE_PERIOD, interval, anchor);
    }

    /** @param field the name of the interval in the message of a refusal */
    @SuppressWarnings("JavaPeriodGetDays") // the months are read separately
    static UsagePeriod of(String field, String interval, Instant anchor) {
        int t = interval.indexOf('T');
        String dates = t < 0 ? interval : interval.substring(0, t);
        try {
            Period period = NAMED.containsKey(interval)
                    ? NAMED.get(interval)
                    : dates.equals("P") ? Period.ZERO : Period.parse(dates);
            Duration exact =
                    NAMED.containsKey(interval) || t < 0 ? Duration.ZERO : Duration.parse("P" + interval.substring(t));
            Duration time = exact.plusDays(period.getDays());
            checkLength(field, period.toTotalMonths(), time);
            return new UsagePeriod(period.toTotalMonths(), time, anchor);
        } catch (DateTimeParseException | ArithmeticException malformed) {
            throw Refusal.invalid(
                    field + " must be DAY, WEEK, MONTH, YEAR or an ISO 8601 duration: " + Refusal.quote(interval));
        }
    }

    /** The interval as an ISO 8601 duration, such as {@code P1M}, {@code P7D} or {@code P1DT12H}. */
    public String iso() {
        Period dates = Period.ofMonths((int) months).normalized().plusDays(time.toDays());
        Duration rest = time.minusDays(time.toDays());
        if (rest.isZero()) {
            return dates.toString();
        }
        return dates.isZero() ? rest.toString() : dates + rest.toString().substring(1);
    }

    /** DAY, WEEK, MONTH or YEAR if the interval equals it, otherwise {@link #iso()}. */
    public String interval() {
        String iso = iso();
        return NAMED.entrySet().stream()
                .filter(named -> named.getValue().toString().equals(iso))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(iso);
    }

    /** The same interval with another anchor. */
    public UsagePeriod anchoredAt(Instant other) {
        return new UsagePeriod(months, time, other);
    }

    /**
     * Rollover and preserved overage make a balance depend on all earlier periods. Periods of at least a day limit
     * their number: a thousand periods take almost three years; of hours, only six weeks.
     */
    void checkAtLeastADay(String field) {
        if (isShorterThanADay()) {
            throw Refusal.invalid(field + " needs a usagePeriod.interval of a day or more: " + iso());
        }
    }

    boolean isShorterThanADay() {
        return months == 0 && time.compareTo(Duration.ofDays(1)) < 0;
    }

    /** An upper bound of the length of a period. */
    public Duration maxLength() {
        return time.plusDays(months * MAX_MONTH_LENGTH);
    }

    /** A lower bound of the length of a period. */
    Duration minLength() {
        return time.plusDays(months * MIN_MONTH_LENGTH);
    }

    /** The period that contains the time: {@code start <= t < end}. */
    public Window containing(Instant at) {
        long n = estimateIndex(at);
        while (at.isBefore(start(n))) {
            n--;
        }
        while (!at.isBefore(start(n + 1))) {
            n++;
        }
        return new Window(start(n), start(n + 1));
    }

    private long estimateIndex(Instant at) {
        // With an average month of 30.44 days, the estimate is off by a few periods per century at most.
        long seconds = months * 2_629_746 + time.toSeconds();
        return Math.floorDiv(at.getEpochSecond() - anchor.getEpochSecond(), seconds);
    }

    private Instant start(long n) {
        return OffsetDateTime.ofInstant(anchor, ZoneOffset.UTC)
                .plusMonths(n * months)
                .plus(time.multipliedBy(n))
                .toInstant();
    }
}
