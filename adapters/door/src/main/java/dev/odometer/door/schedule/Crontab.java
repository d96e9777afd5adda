package dev.odometer.door.schedule;

import dev.odometer.functions.schedule.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * The times of a schedule. Where a zone's clock jumps, they are cron's: what is to run at certain hours runs once for
 * each, at the end of the jump as far as its own time is left out, and at the first of two when its time comes twice;
 * what runs every hour runs by elapsed time.
 */
public final class Crontab {

    private static final Pattern BLANK = Pattern.compile("\\s+");
    private static final int FIELDS = 5;
    private static final int HOUR = 1;
    private static final int DAY_OF_MONTH = 2;
    private static final int DAY_OF_WEEK = 4;

    private final CronExpression times;
    private final ZoneId zone;
    private final ZoneRules rules;
    private final boolean everyHour;

    private Crontab(CronExpression times, ZoneId zone, boolean everyHour) {
        this.times = times;
        this.zone = zone;
        this.rules = zone.getRules();
        this.everyHour = everyHour;
    }

    /** @throws IllegalStateException naming the schedule when its expression cannot be read the same way everywhere */
    public static Crontab of(Schedule schedule) {
        String[] fields = BLANK.split(schedule.cron().strip());
        if (fields.length != FIELDS) {
            throw unreadable(schedule, "it must have five fields", null);
        }
        if (isChoice(fields[DAY_OF_MONTH]) && isChoice(fields[DAY_OF_WEEK])) {
            // Either counts in crontab, both have to fit in Spring, and EventBridge takes but one.
            throw unreadable(schedule, "of day of month and day of week only one may be chosen", null);
        }
        try {
            var times = CronExpression.parse("0 " + String.join(" ", fields));
            return new Crontab(times, schedule.zone(), fields[HOUR].startsWith("*"));
        } catch (IllegalArgumentException wrong) {
            throw unreadable(schedule, wrong.getMessage(), wrong);
        }
    }

    private static boolean isChoice(String field) {
        return !field.equals("*") && !field.equals("?");
    }

    private static IllegalStateException unreadable(
            Schedule schedule, @Nullable String why, @Nullable Throwable cause) {
        return new IllegalStateException(
                "The schedule " + schedule.name() + " has no times: " + schedule.cron() + ": " + why, cause);
    }

    /** The first time after that one; absent when there is none, as on 30 February. */
    public Optional<Instant> next(Instant after) {
        return Optional.ofNullable(everyHour ? byElapsedTime(after) : byTheClock(after));
    }

    private @Nullable Instant byElapsedTime(Instant after) {
        LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
        ZoneOffset offset = rules.getOffset(after);
        ZoneOffsetTransition jump = rules.nextTransition(after);
        for (LocalDateTime next = times.next(from); next != null; next = times.next(from)) {
            Instant time = next.toInstant(offset);
            if (jump == null || time.isBefore(jump.getInstant())) {
                return time;
            }
            offset = jump.getOffsetAfter();
            from = jump.getDateTimeAfter().minusNanos(1);
            jump = rules.nextTransition(jump.getInstant());
        }
        return null;
    }

    private @Nullable Instant byTheClock(Instant after) {
        LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
        ZoneOffsetTransition jump = rules.previousTransition(after.plusNanos(1));
        if (jump != null && jump.isGap()) {
            // What was left out may still be to come.
            from = from.minus(jump.getDuration());
        }
        Instant first = null;
        for (LocalDateTime next = times.next(from); next != null; next = times.next(next)) {
            Instant time = next.atZone(zone).toInstant();
            if (time.isAfter(after) && (first == null || time.isBefore(first))) {
                first = time;
            }
            boolean leftOut = rules.getValidOffsets(next).isEmpty();
            if (first != null && !leftOut) {
                return first;
            }
        }
        return first;
    }

    /** The latest time of {@code after < t <= now}. */
    public Optional<Instant> latest(Instant after, Instant now) {
        // From the end: since a while ago there may have been very many.
        for (Duration back = Duration.ofHours(1); ; back = back.multipliedBy(8)) {
            Instant recent = now.minus(back);
            Instant from = recent.isAfter(after) ? recent : after;
            Optional<Instant> last = Optional.empty();
            for (Optional<Instant> next = next(from);
                    next.isPresent() && !next.get().isAfter(now);
                    next = next(next.get())) {
                last = next;
            }
            if (last.isPresent() || from.equals(after)) {
                return last;
            }
        }
    }
}
