package dev.odometer.door.schedule;

import dev.odometer.door.batch.Outcome;
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
 * Calls due schedules and retries those that fail, with exponential backoff. Of several missed times, before the start
 * or while the machine was suspended, only the latest is called. Only {@link #wake} may be called from other threads.
 *
 * <p>The clock is the one of the tick log, which all nodes share. It may jump in either direction: a time that is
 * implausibly far ahead of it was computed before a jump, and is replaced by the current time.
 */
final class Timetable {

    private static final Logger LOG = LoggerFactory.getLogger(Timetable.class);
    private static final Duration MIN_BACKOFF = Duration.ofSeconds(1);
    private static final Duration MAX_BACKOFF = Duration.ofMinutes(1);

    private final List<Entry> entries;
    /** The times at which schedules are to be called in addition to their cron times. */
    private final Map<String, Instant> woken = new ConcurrentHashMap<>();

    private final Function<Tick, Outcome> door;
    private final Optional<TickLog> log;
    private final Clock clock;
    /** How far the clock of the tick log is ahead of this process's clock. */
    private Duration ahead = Duration.ZERO;

    /** @throws IllegalStateException when a schedule's expression cannot be read */
    Timetable(List<Schedule> schedules, Function<Tick, Outcome> door, Optional<TickLog> log, Clock clock) {
        this.entries = schedules.stream().map(Entry::new).toList();
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

    /** Calls the due schedules one after another. Returns the time until it has to be called again. */
    Duration runDue() {
        try {
            // Once per call, so that the schedules cost one statement.
            ahead = log.map(this::ahead).orElse(Duration.ZERO);
        } catch (Refusal unavailable) {
            LOG.debug("The tick log is unavailable: {}", unavailable.detail());
            return MIN_BACKOFF;
        }
        entries.forEach(Entry::run);
        // Remove requests for schedules that are not active here.
        woken.keySet().removeIf(name -> entries.stream().noneMatch(entry -> entry.name.equals(name)));
        Instant now = now();
        Instant latest = now.plus(MAX_BACKOFF);
        Instant next = entries.stream()
                .map(Entry::next)
                .flatMap(Optional::stream)
                .filter(time -> time.isBefore(latest))
                .min(Instant::compareTo)
                .orElse(latest);
        return next.isBefore(now) ? Duration.ZERO : Duration.between(now, next);
    }

    /** The answer takes time, so the result is too small rather than too large, and no schedule runs early. */
    private Duration ahead(TickLog ticks) {
        Instant shared = ticks.now();
        return Duration.between(clock.instant(), shared);
    }

    private Instant now() {
        return clock.instant().plus(ahead);
    }

    /** The state of one schedule. */
    private final class Entry {

        private final String name;
        private final Crontab times;
        /** Ticks up to this time need no call; absent until it was read from the tick log. */
        private @Nullable Instant upTo;

        private @Nullable Instant due;
        private Instant notBefore = Instant.MIN;
        private Duration backoff = MIN_BACKOFF;

        Entry(Schedule schedule) {
            name = schedule.name();
            times = Crontab.of(schedule);
        }

        void run() {
            Instant now = now();
            forgetJumps(now);
            if (upTo == null) {
                upTo = lastDone(now);
            }
            Instant wokenAt = woken.get(name);
            if (wokenAt != null && !wokenAt.isAfter(now) && woken.remove(name, wokenAt)) {
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

        /** Discards times that were computed while the clock was ahead. */
        private void forgetJumps(Instant now) {
            if (upTo != null && isAhead(upTo, now)) {
                LOG.warn("The clock went back from {} to {}; {} continues from there", upTo, now, name);
                upTo = null;
                due = null;
            }
            if (notBefore.isAfter(now.plus(MAX_BACKOFF))) {
                notBefore = now;
            }
        }

        private static boolean isAhead(Instant time, Instant now) {
            return time.isAfter(now.plus(TickLog.MAX_CLOCK_SKEW));
        }

        /**
         * The time of the last done tick. A schedule without one starts now, so it does not catch up. The same applies
         * if the last one was recorded while the clock was ahead.
         */
        private @Nullable Instant lastDone(Instant now) {
            try {
                Instant last = log.flatMap(ticks -> ticks.lastDone(name)).orElse(now);
                if (!isAhead(last, now)) {
                    return last;
                }
                LOG.warn("The last tick of {} is recorded at {}, ahead of the clock; it is ignored", name, last);
                return now;
            } catch (Refusal unavailable) {
                notBefore = now.plus(MIN_BACKOFF);
                return null;
            }
        }

        private void call(Instant time) {
            Outcome outcome = door.apply(new Tick(name, time));
            switch (outcome.kind()) {
                case OK -> LOG.debug("{} succeeded, due {}", name, time);
                case POISON -> LOG.error("{} was refused, due {}: {}", name, time, outcome.reason());
                case RETRY -> {
                    // One retry is normal: another node was faster, or the work did not fit into one call.
                    LOG.atLevel(backoff.equals(MIN_BACKOFF) ? Level.DEBUG : Level.WARN)
                            .log("{} will be retried, due {}: {}", name, time, outcome.reason());
                    notBefore = now().plus(backoff);
                    backoff = shorter(backoff.multipliedBy(2), MAX_BACKOFF);
                    return;
                }
            }
            due = null;
            notBefore = Instant.MIN;
            backoff = MIN_BACKOFF;
        }

        Optional<Instant> next() {
            Optional<Instant> scheduled = upTo == null || due != null ? Optional.of(notBefore) : times.next(upTo);
            return Stream.concat(scheduled.stream(), Stream.ofNullable(woken.get(name)))
                    .min(Instant::compareTo);
        }
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }
}
