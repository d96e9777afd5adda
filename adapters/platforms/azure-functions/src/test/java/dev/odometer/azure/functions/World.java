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

/** What the probes do with what they are handed, what came of it, and a time that passes only in pauses. */
final class World {

    private final Exception away = new IllegalStateException("away");

    /** Each event once, in the order in which they were first counted. */
    final List<String> counted = new ArrayList<>();

    final List<FileArrival> files = new ArrayList<>();
    final List<Tick> ticks = new ArrayList<>();
    final List<Duration> pauses = new ArrayList<>();
    /** How often an event, or a schedule, has to fail before it is handled. */
    final Map<String, Integer> failures = new HashMap<>();

    int deadLetterFailures;
    long nanos;

    private DeadLetterStore parked = new InMemoryDeadLetterStore();

    void forget() {
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

    /** All or none, like a transaction. */
    void take(List<Probes.Event> batch) {
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
            throw Refusal.unavailable("come back later", away);
        }
        batch.stream().map(Probes.Event::id).filter(id -> !counted.contains(id)).forEach(counted::add);
    }

    void take(FileArrival file) {
        files.add(file);
    }

    void take(Tick tick) {
        ticks.add(tick);
        if (fails(tick.schedule())) {
            throw Refusal.unavailable("come back later", away);
        }
    }

    void park(List<DeadLetter> items) {
        if (deadLetterFailures-- > 0) {
            throw new IllegalStateException("nowhere to park");
        }
        parked.park(items);
    }

    List<DeadLetter> parked() {
        return List.of("events", "files").stream()
                .flatMap(channel -> parked.list(channel, 0, Integer.MAX_VALUE).stream())
                .map(DeadLetterStore.Kept::item)
                .toList();
    }

    List<String> parkedBodies() {
        return parked().stream()
                .map(item -> new String(item.body(), StandardCharsets.UTF_8))
                .toList();
    }
}
