package dev.odometer.door.schedule;

import dev.odometer.door.batch.Outcome;
import dev.odometer.door.batch.TimeBudget;
import dev.odometer.door.function.CatalogFunction;
import dev.odometer.door.function.Functions;
import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.door.invocation.InvocationMeter.Invocation;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.invocation.InvocationTotals.Trigger;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.schedule.Schedule;
import dev.odometer.functions.schedule.Schedules;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.schedule.TickLog.Result;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Passes ticks to the functions of the schedules. With a tick log, each tick has at most one effect. */
public final class ScheduleDoor {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleDoor.class);
    private final Map<String, Row> schedules = new HashMap<>();
    private final Optional<TickLog> log;
    private final Clock clock;
    private final InvocationMeter meter;

    private record Row(Schedule schedule, CatalogFunction call, boolean timed) {

        Outcome call(Tick tick, Deadline deadline) {
            Object input = timed ? new Timed<>(tick, new TimeBudget(deadline).deadline()) : tick;
            return Outcome.of(call, input, "the schedule " + tick.schedule());
        }
    }

    /**
     * Merges the tables; schedules of inactive functions are omitted.
     *
     * @throws StartRefusal when a schedule names a function that is unknown or takes no ticks, or two have the
     *     same name
     */
    public ScheduleDoor(
            Functions functions, List<Schedules> tables, Optional<TickLog> log, Clock clock, InvocationMeter meter) {
        this.log = log;
        this.clock = clock;
        this.meter = meter;
        tables.stream()
                .flatMap(table -> table.rows().stream())
                .filter(schedule -> functions.isActive(schedule.function()))
                .forEach(schedule -> add(schedule, functions.find(schedule.function())));
    }

    private void add(Schedule schedule, CatalogFunction call) {
        // Where the platform has a timer of its own, nothing else reads the expression.
        Crontab.of(schedule);
        boolean timed = isTimed(call.input());
        if (!timed && !Tick.class.equals(call.input())) {
            throw new StartRefusal(
                    "The schedule " + schedule.name() + " does not fit " + schedule.function()
                            + ": the function takes no ticks",
                    "Name a function whose input is a Tick.");
        }
        if (schedules.put(schedule.name(), new Row(schedule, call, timed)) != null) {
            throw new StartRefusal("Two schedules have the name " + schedule.name(), "Rename one of them.");
        }
    }

    private static boolean isTimed(@Nullable Type input) {
        return input instanceof ParameterizedType type
                && Timed.class.equals(type.getRawType())
                && Tick.class.equals(type.getActualTypeArguments()[0]);
    }

    /** The active schedules, for the timer. */
    public List<Schedule> schedules() {
        return schedules.values().stream().map(Row::schedule).toList();
    }

    /**
     * Calls the function of the tick's schedule, unless this tick or a later one is already done, which is OK too. If
     * another process is working on the tick, the outcome is RETRY, because it may still fail there.
     *
     * @throws IllegalArgumentException when no schedule has the name
     */
    public Outcome tick(Tick tick, Deadline deadline) {
        Row row = schedules.get(tick.schedule());
        if (row == null) {
            throw new IllegalArgumentException("No schedule has the name " + tick.schedule());
        }
        long start = System.nanoTime();
        Outcome outcome = tick(row, tick, deadline);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        meter.finished(new Invocation(row.schedule.function(), Trigger.SCHEDULE, 0, 0, 0, took));
        return outcome;
    }

    private Outcome tick(Row row, Tick tick, Deadline deadline) {
        if (log.isPresent()) {
            return once(log.get(), row, tick, deadline);
        }
        return tick.due().isAfter(clock.instant().plus(TickLog.MAX_CLOCK_SKEW))
                ? notDue(tick)
                : row.call(tick, deadline);
    }

    /**
     * The current time: of the tick log, if there is one, since its clock decides which ticks are due.
     *
     * @throws Refusal UNAVAILABLE when the tick log does not respond
     */
    public Instant now() {
        return log.map(TickLog::now).orElseGet(clock::instant);
    }

    private static Outcome notDue(Tick tick) {
        return Outcome.poison("the schedule " + tick.schedule() + " is not due yet: " + tick.due());
    }

    private static Outcome once(TickLog log, Row row, Tick tick, Deadline deadline) {
        Outcome[] outcome = {Outcome.OK};
        try {
            Result turn = log.runOnce(tick, () -> {
                outcome[0] = row.call(tick, deadline);
                return outcome[0].kind() == Outcome.Kind.OK;
            });
            return switch (turn) {
                case IN_PROGRESS -> Outcome.retry("another process is still working on this schedule");
                case NOT_DUE -> notDue(tick);
                case DONE, NOT_DONE, ALREADY_DONE -> outcome[0];
            };
        } catch (Refusal unavailable) {
            return Outcome.retry(unavailable.detail());
        } catch (RuntimeException unexpected) {
            LOG.error("Recording the tick of {} failed", tick.schedule(), unexpected);
            return Outcome.retry("unexpected failure of the tick log");
        }
    }
}
