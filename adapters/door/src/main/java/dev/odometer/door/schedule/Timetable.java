package dev.odometer.door.schedule;

import dev.odometer.door.Outcome;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * What is due, and what came of it. Of several times that were missed, before the start or while the machine slept, the
 * latest is made up for. Only {@link #wake} may be called from elsewhere.
 */
final class Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(1);

    private final List<Row> rows;
    /** When schedules are to be called out of turn. */
    private final Map<String, Instant> woken = new ConcurrentHashMap<>();

    private final Function<Tick, Outcome> door;
    private final Optional<TickLog> log;
    private final Clock clock;

    /** @throws IllegalStateException when a schedule's expression cannot be read */
    Timetable(List<Schedule> schedules, Function<Tick, Outcome> door, Optional<TickLog> log, Clock clock) {
        this.rows = schedules.stream().map(Row::new).toList();
        this.door = door;
        this.log = log;
        this.clock = clock;
    }

    void wake(String schedule) {
        wake(schedule, Instant.EPOCH);
    }

    void wake(String schedule, Instant at) {
        woken.merge(schedule, at, (one, other) -> one.isBefore(other) ? one : other);
    }

    /** Does what is due, each schedule's in turn, and says when to come again at the latest. */
    Instant round() {
        rows.forEach(Row::turn);
        // Of schedules that are not served here.
        woken.keySet().removeIf(name -> rows.stream().noneMatch(row -> row.name.equals(name)));
        Instant latest = clock.instant().plus(MAX_PAUSE);
        return rows.stream()
                .map(Row::next)
                .flatMap(Optional::stream)
                .filter(next -> next.isBefore(latest))
                .min(Instant::compareTo)
                .orElse(latest);
    }

    /** One schedule, and how far it is. */
    private final class Row {

        private final String name;
        private final Crontab times;
        /** Up to when there is nothing to make up for; absent until the log has said it. */
        private @Nullable Instant upTo;

        private @Nullable Instant due;
        private Instant notBefore = Instant.MIN;
        private Duration pause = FIRST_PAUSE;

        Row(Schedule schedule) {
            name = schedule.name();
            times = Crontab.of(schedule);
        }

        void turn() {
            Instant now = clock.instant();
            if (upTo == null) {
                upTo = begun(now);
            }
            Instant early = woken.get(name);
            if (early != null && !early.isAfter(now) && woken.remove(name, early)) {
                due = now;
                notBefore = now;
            } else if (upTo != null) {
                times.latest(upTo, now).ifPresent(time -> due = time);
            }
            if (due != null) {
                upTo = due;
                if (!notBefore.isAfter(now)) {
                    call(due);
                }
            }
        }

        /** A schedule that was never done is not late. */
        private @Nullable Instant begun(Instant now) {
            try {
                return log.flatMap(ticks -> ticks.lastDone(name)).orElse(now);
            } catch (Refusal away) {
                notBefore = now.plus(FIRST_PAUSE);
                return null;
            }
        }

        private void call(Instant time) {
            Outcome outcome = door.apply(new Tick(name, time));
            switch (outcome.kind()) {
                case OK -> LOG.debug("{} is done, due {}", name, time);
                case POISON -> LOG.error("{} was refused, due {}: {}", name, time, outcome.reason());
                case RETRY -> {
                    // Once is usual: another node was faster, or more is left than fits into one call.
                    LOG.atLevel(pause.equals(FIRST_PAUSE) ? Level.DEBUG : Level.WARN)
                            .log("{} has to be called again, due {}: {}", name, time, outcome.reason());
                    notBefore = clock.instant().plus(pause);
                    pause = shorter(pause.multipliedBy(2), MAX_PAUSE);
                    return;
                }
            }
            due = null;
            notBefore = Instant.MIN;
            pause = FIRST_PAUSE;
        }

        Optional<Instant> next() {
            Optional<Instant> inTurn = upTo == null || due != null ? Optional.of(notBefore) : times.next(upTo);
            return Stream.concat(inTurn.stream(), Stream.ofNullable(woken.get(name)))
                    .min(Instant::compareTo);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
