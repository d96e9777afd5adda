package dev.odometer.conformance.simulation;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.schedule.Tick;
import dev.odometer.functions.schedule.TickLog;
import dev.odometer.metering.notification.Attempt;
import dev.odometer.metering.notification.Notifications;
import dev.odometer.metering.notification.Outbox;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The ports of a process: each call goes over its connection to the {@link Store}. */
record NodePorts(World world, Store store, Node node) {

    void park(List<DeadLetter> items) {
        store.call(node, () -> {
            store.deadLetters.store(items);
            return true;
        });
    }

    /** Of the notifications, the delivery calls one method only. */
    Notifications notifications() {
        InvocationHandler handler = (proxy, method, arguments) ->
                store.call(node, () -> store.ports.notifications().raiseStartedPeriods((Instant) arguments[0]));
        return (Notifications) Proxy.newProxyInstance(
                Notifications.class.getClassLoader(), new Class<?>[] {Notifications.class}, handler);
    }

    TickLog ticks() {
        return new TickLog() {

            @Override
            public Result runOnce(Tick tick, BooleanSupplier work) {
                return store.call(node, () -> store.ticks.runOnce(tick, () -> isRecorded(work)));
            }

            @Override
            public Instant now() {
                return store.call(node, store.ticks::now);
            }

            @Override
            public Optional<Instant> lastDone(String schedule) {
                return store.call(node, () -> store.ticks.lastDone(schedule));
            }
        };
    }

    /** Does the work of a tick, after which the record of the tick may be lost. */
    private boolean isRecorded(BooleanSupplier work) {
        boolean isDone = work.getAsBoolean();
        node.requireAlive();
        if (world.happens(Fault.LOST_RECORD)) {
            if (world.random.nextBoolean()) {
                throw node.crash();
            }
            throw Store.unavailable();
        }
        return isDone;
    }

    Outbox outbox() {
        return new Outbox() {

            @Override
            public List<Due> take(Instant now, Duration lease, Collection<String> busy, Limits most) {
                return store.call(node, () -> store.outbox.take(now, lease, busy, most));
            }

            @Override
            public void settle(Due due, Attempt attempt, Next next) {
                store.call(node, () -> {
                    store.outbox.settle(due, attempt, next);
                    return true;
                });
            }

            @Override
            public int resetDueAfter(Instant latest, Instant now) {
                return store.call(node, () -> store.outbox.resetDueAfter(latest, now));
            }

            @Override
            public Instant now() {
                return store.call(node, store.outbox::now);
            }

            @Override
            public Optional<Instant> nextDue() {
                return store.call(node, store.outbox::nextDue);
            }
        };
    }
}
