package dev.odometer.functions.schedule;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Completed ticks in memory. Passes {@link TickLogContract}. */
public final class InMemoryTickLog implements TickLog {

    private final Map<String, Instant> done = new ConcurrentHashMap<>();
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    @Override
    public Turn take(Tick tick, BooleanSupplier work) {
        if (!inProgress.add(tick.schedule())) {
            return Turn.TAKEN;
        }
        try {
            if (lastDone(tick.schedule())
                    .filter(last -> !last.isBefore(tick.due()))
                    .isPresent()) {
                return Turn.DONE_BEFORE;
            }
            if (!work.getAsBoolean()) {
                return Turn.NOT_DONE;
            }
            done.put(tick.schedule(), tick.due());
            return Turn.DONE;
        } finally {
            inProgress.remove(tick.schedule());
        }
    }

    @Override
    public Optional<Instant> lastDone(String schedule) {
        return Optional.ofNullable(done.get(schedule));
    }
}
