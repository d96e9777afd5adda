package dev.odometer.door.schedule;

import dev.odometer.door.batch.Outcome;
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
 * The timer of a process: one daemon thread that calls due schedules. Any number of processes may run one, because the
 * tick log deduplicates their calls.
 */
final class ScheduleRunner implements SmartLifecycle, WakeUp {

    private static final Logger LOG = LoggerFactory.getLogger(ScheduleRunner.class);
    /**
     * The deadline of one call, so that a schedule does not delay the others for long; its next call continues the
     * work.
     */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(15);
    /** Stops after the components that accept requests, and before the connection pool, whose phase is 0. */
    private static final int PHASE = 1;

    private final Timetable timetable;
    private final ScheduleDoor door;
    private final Semaphore wakeUps = new Semaphore(0);
    private @Nullable Thread thread;
    private volatile boolean running;

    ScheduleRunner(ScheduleDoor door, Optional<TickLog> log, Clock clock) {
        this.door = door;
        this.timetable = new Timetable(door.schedules(), this::tick, log, clock);
    }

    /** Calls the door with a deadline that also expires when the process stops. */
    private Outcome tick(Tick tick) {
        if (!running) {
            return Outcome.retry("the process is shutting down");
        }
        long start = System.nanoTime();
        long expired = start + 2 * CALL_TIMEOUT.toNanos();
        return door.tick(tick, Deadline.in(CALL_TIMEOUT, () -> running ? System.nanoTime() : expired));
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
            sleep(runDue());
        }
    }

    private Duration runDue() {
        try {
            return timetable.runDue();
        } catch (RuntimeException unexpected) {
            LOG.error("Running the due schedules failed", unexpected);
            return CALL_TIMEOUT;
        }
    }

    private void sleep(Duration time) {
        try {
            if (wakeUps.tryAcquire(time.toMillis() + 1, TimeUnit.MILLISECONDS)) {
                wakeUps.drainPermits();
            }
        } catch (InterruptedException unexpected) {
            LOG.debug("Woken by an interrupt");
        }
    }

    @Override
    public void wake(String schedule) {
        timetable.wake(schedule);
        wakeUps.release();
    }

    @Override
    public void wake(String schedule, Instant at) {
        timetable.wake(schedule, at);
        wakeUps.release();
    }

    @Override
    public void stop() {
        running = false;
        wakeUps.release();
        if (thread != null) {
            try {
                thread.join(STOP_TIMEOUT.toMillis());
            } catch (InterruptedException interrupted) {
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
