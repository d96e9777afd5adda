package dev.odometer.azure.functions;

import dev.odometer.functions.deadletter.DeadLetter;
import dev.odometer.functions.deadletter.DeadLetterStore;
import dev.odometer.functions.deadletter.InMemoryDeadLetterStore;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Records the inputs of {@link TestFunctions}, injects failures, and has a clock that advances only during pauses. */
final class Recorder {

    private final Exception unavailable = new IllegalStateException("unavailable");

    /** The ids of counted events without duplicates, in the order in which they were first counted. */
    final List<String> counted = new ArrayList<>();

    final List<FileArrival> files = new ArrayList<>();
    final List<Tick> ticks = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    /** The number of times that an event or a schedule fails before it succeeds. */
    final Map<String, Integer> failures = new HashMap<>();

    int deadLetterFailures;
    long nanos;

    private DeadLetterStore parked = new InMemoryDeadLetterStore();

    void reset() {
        List.of(counted, files, ticks, pauses).forEach(List::clear);
        failures.clear();
        deadLetterFailures = 0;
        parked = new InMemoryDeadLetterStore();
    }

    void pause(Duration length) {
        pauses.add(length);
        nanos += length.toNanos();
    }

    private boolean fails(String id) {
        return failures.merge(id, -1, Integer::sum) >= 0;
    }

    /** Counts all events or none, like a transaction. */
    void take(List<TestFunctions.Event> batch) {
        boolean refused = false;
        boolean failed = false;
        for (var event : batch) {
            refused |= event.subject().equals("refused");
            failed |= fails(event.id());
        }
        if (refused) {
            throw Refusal.conflict("it is refused");
        }
        if (failed) {
            throw Refusal.unavailable("come back later", unavailable);
        }
        batch.stream()
                .map(TestFunctions.Event::id)
                .filter(id -> !counted.contains(id))
                .forEach(counted::add);
    }

    void take(FileArrival file) {
        files.add(file);
    }

    void take(Tick tick) {
        ticks.add(tick);
        if (fails(tick.schedule())) {
            throw Refusal.unavailable("come back later", unavailable);
        }
    }

    void store(List<DeadLetter> items) {
        if (deadLetterFailures-- > 0) {
            throw new IllegalStateException("the dead letter store failed");
        }
        parked.store(items);
    }

    List<DeadLetter> parked() {
        return List.of("events", "files").stream()
                .flatMap(channel -> parked.list(channel, 0, Integer.MAX_VALUE).stream())
                .map(DeadLetterStore.Stored::item)
                .toList();
    }

    List<String> parkedBodies() {
        return parked().stream()
                .map(item -> new String(item.body(), StandardCharsets.UTF_8))
                .toList();
    }
}
