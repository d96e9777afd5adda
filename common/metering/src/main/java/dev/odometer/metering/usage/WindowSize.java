package dev.odometer.metering.usage;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import org.jspecify.annotations.Nullable;

/**
 * The sizes of windows in a time zone. The windows of one size have no gap and no overlap, in every zone. Days and
 * months start at the first instant of their first local date, so a day usually has 23, 24 or 25 hours. Hours and
 * minutes start at full hours and minutes of local time. Where a transition shifts local time by less than an hour,
 * such as Lord Howe's half hour, the windows beside it are cut at the transition.
 */
public enum WindowSize {
    MINUTE(60),
    HOUR(3600),
    DAY(86_400) {
        @Override
        LocalDate firstDate(LocalDate date) {
            return date;
        }

        @Override
        LocalDate next(LocalDate firstDate) {
            return firstDate.plusDays(1);
        }
    },
    MONTH(31 * 86_400) {
        @Override
        LocalDate firstDate(LocalDate date) {
            return date.withDayOfMonth(1);
        }

        @Override
        LocalDate next(LocalDate firstDate) {
            return firstDate.plusMonths(1);
        }
    };

    private final int seconds;

    WindowSize(int seconds) {
        this.seconds = seconds;
    }

    /** The window of this size that contains the time. */
    public Window containing(Instant time, ZoneId zone) {
        return this == MINUTE || this == HOUR ? clockWindow(time, zone.getRules()) : calendarWindow(time, zone);
    }

    LocalDate firstDate(LocalDate date) {
        throw new UnsupportedOperationException();
    }

    LocalDate next(LocalDate firstDate) {
        throw new UnsupportedOperationException();
    }

    private Window calendarWindow(Instant time, ZoneId zone) {
        LocalDate first = firstDate(time.atZone(zone).toLocalDate());
        Instant start = first.atStartOfDay(zone).toInstant();
        Instant end = next(first).atStartOfDay(zone).toInstant();
        // When clocks are set back across midnight, the old local date occurs again after the new one has started.
        while (!time.isBefore(end)) {
            first = next(first);
            start = end;
            end = next(first).atStartOfDay(zone).toInstant();
        }
        return new Window(start, end);
    }

    private Window clockWindow(Instant time, ZoneRules rules) {
        long offset = rules.getOffset(time).getTotalSeconds();
        long local = time.getEpochSecond() + offset;
        Instant start = Instant.ofEpochSecond(local - Math.floorMod(local, seconds) - offset);
        Instant end = start.plusSeconds(seconds);
        if (rules.isFixedOffset()) {
            return new Window(start, end);
        }
        // previousTransition is exclusive: one nanosecond later includes a transition at the time itself.
        ZoneOffsetTransition before = rules.previousTransition(time.plusNanos(1));
        ZoneOffsetTransition after = rules.nextTransition(time);
        return new Window(
                shiftsWindows(before) && before.getInstant().isAfter(start) ? before.getInstant() : start,
                shiftsWindows(after) && after.getInstant().isBefore(end) ? after.getInstant() : end);
    }

    private boolean shiftsWindows(@Nullable ZoneOffsetTransition transition) {
        return transition != null && transition.getDuration().toSeconds() % seconds != 0;
    }
}
