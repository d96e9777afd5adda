package dev.odometer.door.schedule;

import dev.odometer.functions.refusal.StartRefusal;
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
 * Computes the times of a schedule. At time zone transitions (such as daylight saving time) it follows cron: a schedule
 * for certain hours runs once per local time, at the end of a gap if its time is skipped, and at the first occurrence
 * if its time is repeated; a schedule for every hour runs by elapsed time.
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

    /** @throws StartRefusal naming the schedule when its expression is invalid or not portable */
    public static Crontab of(Schedule schedule) {
        String[] fields = BLANK.split(schedule.cron().strip());
        if (fields.length != FIELDS) {
            throw invalid(schedule, "it must have five fields");
        }
        if (isRestricted(fields[DAY_OF_MONTH]) && isRestricted(fields[DAY_OF_WEEK])) {
            // crontab runs if either matches, Spring if both match, and EventBridge accepts only one.
            throw invalid(schedule, "only one of day of month and day of week may be restricted");
        }
        try {
            var times = CronExpression.parse("0 " + String.join(" ", fields));
            return new Crontab(times, schedule.zone(), fields[HOUR].startsWith("*"));
        } catch (IllegalArgumentException invalid) {
            throw invalid(schedule, invalid.getMessage());
        }
    }

    private static boolean isRestricted(String field) {
        return !field.equals("*") && !field.equals("?");
    }

    private static StartRefusal invalid(Schedule schedule, @Nullable String reason) {
        return new StartRefusal(
                "The schedule " + schedule.name() + " has an invalid cron expression: " + schedule.cron() + ": "
                        + reason,
                "Correct the expression: minute, hour, day of month, month, day of week.");
    }

    /** The first time after the given one; empty if there is none, as for 30 February. */
    public Optional<Instant> next(Instant after) {
        return Optional.ofNullable(everyHour ? nextByElapsedTime(after) : nextByLocalTime(after));
    }

    private @Nullable Instant nextByElapsedTime(Instant after) {
        LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
        ZoneOffset offset = rules.getOffset(after);
        ZoneOffsetTransition transition = rules.nextTransition(after);
        for (LocalDateTime next = times.next(from); next != null; next = times.next(from)) {
            Instant time = next.toInstant(offset);
            if (transition == null || time.isBefore(transition.getInstant())) {
                return time;
            }
            offset = transition.getOffsetAfter();
            from = transition.getDateTimeAfter().minusNanos(1);
            transition = rules.nextTransition(transition.getInstant());
        }
        return null;
    }

    private @Nullable Instant nextByLocalTime(Instant after) {
        LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
        ZoneOffsetTransition transition = rules.previousTransition(after.plusNanos(1));
        if (transition != null && transition.isGap()) {
            // A skipped time moves to after the gap, so local times as far back as the gap is long are candidates.
            from = from.minus(transition.getDuration());
        }
        Instant first = null;
        for (LocalDateTime next = times.next(from); next != null; next = times.next(next)) {
            Instant time = next.atZone(zone).toInstant();
            if (time.isAfter(after) && (first == null || time.isBefore(first))) {
                first = time;
            }
            boolean isInGap = rules.getValidOffsets(next).isEmpty();
            if (first != null && !isInGap) {
                return first;
            }
        }
        return first;
    }

    /** The latest time of {@code after < t <= now}. */
    public Optional<Instant> latest(Instant after, Instant now) {
        // Search backwards in growing ranges, because there may be very many times since `after`.
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
