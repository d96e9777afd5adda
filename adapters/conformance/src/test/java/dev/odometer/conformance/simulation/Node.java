package dev.odometer.conformance.simulation;

import dev.odometer.door.batch.BatchProcessor;
import dev.odometer.door.batch.BatchResult;
import dev.odometer.door.batch.DeadLetterWriter;
import dev.odometer.door.batch.Delivery;
import dev.odometer.door.batch.Item;
import dev.odometer.door.batch.Outcome;
import dev.odometer.door.batch.ReportMode;
import dev.odometer.door.invocation.InvocationMeter;
import dev.odometer.door.schedule.VirtualTimer;
import dev.odometer.event.functions.notifications.DeliverNotifications;
import dev.odometer.event.functions.notifications.VirtualDelivery;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.functions.schedule.WakeUp;
import dev.odometer.metering.usage.Receipt;
import dev.odometer.metering.usage.UsageEvent;
import dev.odometer.postgres.usage.QueuedAppends;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process of the service: production code on ports that reach the {@link Store}. It can be killed. */
final class Node implements WakeUp {

    /** As in the process's timer. */
    private static final Duration CALL_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration BATCH_TIMEOUT = Duration.ofSeconds(60);
    /** The longest call of the store: it is slow, then silent. */
    private static final Duration MAX_CALL = Duration.ofSeconds(35);
    /** The calls of a tick that no deadline ends: the results of three deliveries, and those before and after them. */
    private static final int CALLS_OF_A_TICK = 8;
    /** The lanes of the queue of appends: a further call would wait for one of the calls that it interrupts. */
    private static final int MAX_APPENDS = 2;

    private static @Nullable Node current;

    private final World world;
    private final Store store;
    final VirtualClock clock;
    private final QueuedAppends appends;
    private final BatchProcessor batches;
    private final TickLog ticks;
    private final VirtualTimer timer;
    private final DeliverNotifications deliveries;
    private boolean isAlive = true;
    private boolean isTicking;
    private boolean isWoken;
    private int sleep;
    private int appending;

    Node(World world, Store store, Receiver receiver) {
        this.world = world;
        this.store = store;
        clock = new VirtualClock(world);
        var ports = new NodePorts(world, store, this);
        appends = new QueuedAppends(events -> store.call(this, () -> store.write(events)));
        batches =
                new BatchProcessor(SimulatedApp.BATCHES, new DeadLetterWriter(ports::park, clock), InvocationMeter.OFF);
        ticks = ports.ticks();
        timer = new VirtualTimer(SimulatedApp.TICKS, this::tick, ticks, clock);
        deliveries = VirtualDelivery.of(
                ports.notifications(),
                ports.outbox(),
                receiver.courier(this),
                new VirtualDelivery.Environment(
                        world.random,
                        () -> SimulatedApp.DOCUMENTS,
                        clock,
                        () -> new VirtualThreads(world, this),
                        this::pause,
                        this));
        sleep(Duration.ZERO);
    }

    /** The process whose code runs. */
    static Node current() {
        if (current == null) {
            throw new IllegalStateException("no process is running");
        }
        return current;
    }

    TickLog ticks() {
        return ticks;
    }

    boolean isAlive() {
        return isAlive;
    }

    void requireAlive() {
        if (!isAlive) {
            throw new Crash();
        }
    }

    /** Kills the process. All its calls end without an answer. */
    Crash crash() {
        isAlive = false;
        return new Crash();
    }

    private void pause() {
        world.pass(Duration.ofMillis(100));
        requireAlive();
    }

    /** Runs code of this process, which is interrupted by nested code of others. Empty if the process is killed. */
    <T> @Nullable T run(Supplier<T> work) {
        Node before = current;
        current = this;
        try {
            requireAlive();
            T result = work.get();
            requireAlive();
            return result;
        } catch (Crash killed) {
            return null;
        } catch (CompletionException failed) {
            // The queue of appends passes an error on in this way.
            if (isAlive) {
                throw failed;
            }
            return null;
        } finally {
            current = before;
        }
    }

    List<Receipt> append(List<UsageEvent> events) {
        if (appending == MAX_APPENDS) {
            throw Store.unavailable();
        }
        appending++;
        try {
            return world.within(MAX_CALL, "an append", () -> appends.append(events));
        } finally {
            appending--;
        }
    }

    BatchResult<Item> process(List<Delivery<Item>> batch) {
        return world.within(
                BATCH_TIMEOUT.plus(MAX_CALL),
                "a batch",
                () -> batches.process(batch, ReportMode.FAILED_ITEMS, Deadline.in(BATCH_TIMEOUT, world::nanos)));
    }

    /** Runs the due schedules, then sleeps. A step of an earlier sleep does nothing. */
    private void runTimer(int step) {
        if (!isAlive || isTicking || step != sleep) {
            return;
        }
        isTicking = true;
        isWoken = false;
        Duration pause = run(timer::runDue);
        isTicking = false;
        if (pause != null) {
            sleep(isWoken ? Duration.ZERO : pause);
        }
    }

    private void sleep(Duration time) {
        int step = ++sleep;
        world.after(time.plusMillis(1), () -> runTimer(step));
    }

    private Outcome tick(Tick tick) {
        return world.within(
                CALL_TIMEOUT.plus(MAX_CALL.multipliedBy(CALLS_OF_A_TICK)),
                "a tick",
                () -> SimulatedApp.TICKS.tick(tick, Deadline.in(CALL_TIMEOUT, world::nanos)));
    }

    void deliver(Timed<Tick> tick) {
        deliveries.accept(tick);
    }

    void export(Tick tick) {
        store.call(this, () -> store.exports.add(tick.due()));
    }

    void deliveriesDue() {
        wake(SimulatedApp.DELIVER);
    }

    @Override
    public void wake(String schedule) {
        timer.wake(schedule);
        wakeThread();
    }

    @Override
    public void wake(String schedule, Instant at) {
        timer.wake(schedule, at);
        wakeThread();
    }

    private void wakeThread() {
        isWoken = true;
        if (!isTicking) {
            sleep(Duration.ZERO);
        }
    }
}
