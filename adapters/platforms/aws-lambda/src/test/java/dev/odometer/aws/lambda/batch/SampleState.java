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

/** Controls how the sample functions behave, and records what they received. */
final class SampleState {

    private final Exception cause = new IllegalStateException("cause");

    /** The ids of the counted events, without duplicates, in the order of their first count. */
    final List<String> counted = new ArrayList<>();

    final List<Probes.Event> events = new ArrayList<>();
    final List<FileArrival> files = new ArrayList<>();
    final List<Tick> ticks = new ArrayList<>();
    /** All stored dead letters, including duplicates. */
    final List<DeadLetter> deadLetters = new ArrayList<>();
    /** The number of times that an event fails before it is counted, by id. */
    final Map<String, Integer> failures = new HashMap<>();

    /** The number of times that storing dead letters fails before it succeeds. */
    int deadLetterFailures;

    /** The clock of deadlines, in nanoseconds; each event advances it by {@link #millisPerEvent}. */
    long nanos;

    long millisPerEvent;

    private final Store store = new Store();

    Store store() {
        return store;
    }

    void clear() {
        List.of(counted, events, files, ticks, deadLetters).forEach(List::clear);
        failures.clear();
        deadLetterFailures = 0;
        millisPerEvent = 0;
    }

    /** Counts all events or none, like a transaction. */
    void take(List<Probes.Event> batch) {
        boolean refused = false;
        boolean failed = false;
        for (var event : batch) {
            refused |= event.subject().equals("refused");
            failed |= failures.merge(event.id(), -1, Integer::sum) >= 0;
            nanos += millisPerEvent * 1_000_000;
        }
        if (refused) {
            throw Refusal.conflict("it is refused");
        }
        if (failed) {
            throw Refusal.unavailable("come back later", cause);
        }
        for (var event : batch) {
            events.add(event);
            if (!counted.contains(event.id())) {
                counted.add(event.id());
            }
        }
    }

    void take(FileArrival file) {
        files.add(file);
    }

    void take(Tick tick) {
        ticks.add(tick);
        switch (failures.getOrDefault(tick.schedule(), 0)) {
            case 1 -> throw Refusal.unavailable("come back later", cause);
            case 2 -> throw Refusal.invalid("that is no day");
            default -> {}
        }
    }

    /** Records dead letters, unless it has to fail. */
    final class Store implements DeadLetterStore {

        @Override
        public void store(List<DeadLetter> items) {
            if (deadLetterFailures > 0) {
                deadLetterFailures--;
                throw new IllegalStateException("the store is unavailable");
            }
            deadLetters.addAll(items);
        }

        @Override
        public List<Stored> list(String channel, long after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<Excerpt> latest(Search search) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void remove(Collection<Long> positions) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int removeOlderThan(Instant before, int limit) {
            throw new UnsupportedOperationException();
        }
    }
}
