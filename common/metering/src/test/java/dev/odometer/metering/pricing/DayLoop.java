package dev.odometer.metering.pricing;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;

/** An oracle for {@link BillingPeriods}: goes from day to day of the calendar, and tests whether a period starts. */
final class DayLoop {

    private DayLoop() {}

    /** The starts of the periods after the anchor. */
    static List<Instant> starts(CalendarDuration cadence, ZonedDateTime anchor, int count) {
        var starts = new ArrayList<Instant>();
        LocalDate first = anchor.toLocalDate();
        LocalDate day = first;
        int days = 0;
        int months = 0;
        while (starts.size() < count) {
            day = day.plusDays(1);
            days++;
            months += day.getDayOfMonth() == 1 ? 1 : 0;
            boolean isStart = cadence.months() == 0
                    ? days % cadence.days() == 0
                    : months % cadence.months() == 0 && months > 0 && isDayOf(day, first.getDayOfMonth());
            if (isStart) {
                starts.add(instant(day.atTime(anchor.toLocalTime()), anchor.getZone(), anchor.getOffset()));
            }
        }
        return starts;
    }

    private static boolean isDayOf(LocalDate day, int anchorDay) {
        boolean isLastOfMonth = day.plusDays(1).getDayOfMonth() == 1;
        return day.getDayOfMonth() == anchorDay || (isLastOfMonth && day.getDayOfMonth() < anchorDay);
    }

    /** A skipped time is moved by the length of the gap; a repeated one keeps the offset of the anchor if it can. */
    private static Instant instant(LocalDateTime local, ZoneId zone, ZoneOffset preferred) {
        ZoneOffsetTransition transition = zone.getRules().getTransition(local);
        if (transition == null) {
            return local.toInstant(zone.getRules().getOffset(local));
        }
        if (transition.isGap()) {
            Duration gap = Duration.between(transition.getDateTimeBefore(), transition.getDateTimeAfter());
            return local.plus(gap).toInstant(transition.getOffsetAfter());
        }
        boolean keeps = preferred.equals(transition.getOffsetAfter());
        return local.toInstant(keeps ? preferred : transition.getOffsetBefore());
    }
}
