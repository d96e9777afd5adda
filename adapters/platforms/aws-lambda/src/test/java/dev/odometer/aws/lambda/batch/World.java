package dev.odometer.aws.lambda.batch;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the probes do with what they are handed, and what came of it. */
final class World {

    private final Exception away = new IllegalStateException("away");

    /** Each event once, in the order in which they were first counted. */
    final List<String> counted = new ArrayList<>();

    final List<Probes.Event> events = new ArrayList<>();
    final List<FileArrival> files = new ArrayList<>();
    final List<Tick> ticks = new ArrayList<>();
    /** Every parking, so that a second one shows. */
    final List<DeadLetter> parked = new ArrayList<>();
    /** How often an event has to fail before it is counted. */
    final Map<String, Integer> failures = new HashMap<>();

    /** How often parking has to fail before it works. */
    int deadLetterFailures;

    long millisPerEvent;

    private final Store store = new Store();

    Store store() {
        return store;
    }

    void forget() {
        List.of(counted, events, files, ticks, parked).forEach(List::clear);
        failures.clear();
        deadLetterFailures = 0;
        millisPerEvent = 0;
    }

    /** All or none, like a transaction. */
    void take(List<Probes.Event> batch) {
        boolean refused = false;
        boolean failed = false;
        for (var event : batch) {
            refused |= event.subject().equals("refused");
            failed |= failures.merge(event.id(), -1, Integer::sum) >= 0;
            sleep();
        }
        if (refused) {
            throw Refusal.conflict("it is refused");
        }
        if (failed) {
            throw Refusal.unavailable("come back later", away);
        }
        for (var event : batch) {
            events.add(event);
            if (!counted.contains(event.id())) {
                counted.add(event.id());
            }
        }
    }

    private void sleep() {
        try {
            Thread.sleep(millisPerEvent);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    void take(FileArrival file) {
        files.add(file);
    }

    void take(Tick tick) {
        ticks.add(tick);
        switch (failures.getOrDefault(tick.schedule(), 0)) {
            case 1 -> throw Refusal.unavailable("come back later", away);
            case 2 -> throw Refusal.invalid("that is no day");
            default -> {}
        }
    }

    /** Notes what is parked, unless it is to fail. */
    final class Store implements DeadLetterStore {

        @Override
        public void park(List<DeadLetter> items) {
            if (deadLetterFailures > 0) {
                deadLetterFailures--;
                throw new IllegalStateException("nowhere to park");
            }
            parked.addAll(items);
        }

        @Override
        public List<Kept> list(String channel, long after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(Collection<Long> positions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int removeOld(Instant before, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
