package dev.odometer.door.schedule;

import dev.odometer.door.Outcome;
import dev.odometer.door.ScheduleDoor;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.schedule.WakeUp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The timer of a process: one daemon thread that calls what is due. Any number of processes may have one, for the log of
 * ticks lets one call count.
 */
final class ScheduleRunner implements SmartLifecycle, WakeUp {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);
    /** For one call, so that no schedule keeps the others waiting for long; it goes on with the next one. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration MAX_END_LENGTH = Duration.ofSeconds(15);
    /** Stops after those who let requests in, and before the pool of connections, which is at 0. */
    private static final int PHASE = 1;

    private final Timetable timetable;
    private final ScheduleDoor door;
    private final Clock clock;
    private final Semaphore alarm = new Semaphore(0);
    private @Nullable Thread thread;
    private volatile boolean running;

    ScheduleRunner(ScheduleDoor door, Optional<TickLog> log, Clock clock) {
        this.door = door;
        this.clock = clock;
        this.timetable = new Timetable(door.schedules(), this::tick, log, clock);
    }

    /** The end of the process is a deadline too. */
    private Outcome tick(Tick tick) {
        if (!running) {
            return Outcome.retry("the process is about to end");
        }
        long start = System.nanoTime();
        long over = start + 2 * PATIENCE.toNanos();
        return door.tick(tick, Deadline.in(PATIENCE, () -> running ? System.nanoTime() : over));
    }

    @Override
    public void start() {
        if (running || door.schedules().isEmpty()) {
            return;
        }
        running = true;
        thread = new Thread(this::run, "schedules");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (running) {
            sleepUntil(round());
        }
    }

    private Instant round() {
        try {
            return timetable.round();
        } catch (RuntimeException surprise) {
            LOG.error("The schedules could not be looked at", surprise);
            return clock.instant().plus(PATIENCE);
        }
    }

    private void sleepUntil(Instant time) {
        long left = Duration.between(clock.instant(), time).toMillis() + 1;
        try {
            if (alarm.tryAcquire(left, TimeUnit.MILLISECONDS)) {
                alarm.drainPermits();
            }
        } catch (InterruptedException nobodys) {
            LOG.debug("woken by an interrupt");
        }
    }

    @Override
    public void wake(String schedule) {
        timetable.wake(schedule);
        alarm.release();
    }

    @Override
    public void wake(String schedule, Instant at) {
        timetable.wake(schedule, at);
        alarm.release();
    }

    @Override
    public void stop() {
        running = false;
        alarm.release();
        if (thread != null) {
            try {
                thread.join(MAX_END_LENGTH.toMillis());
            } catch (InterruptedException hurried) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getPhase() {
        return PHASE;
    }
}
