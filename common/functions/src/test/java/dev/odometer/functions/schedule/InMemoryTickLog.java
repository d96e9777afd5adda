package dev.odometer.functions.schedule;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/** Completed ticks in memory. Passes {@link TickLogContract}. */
public final class InMemoryTickLog implements TickLog {

    private final Clock clock;
    private final Map<String, Instant> done = new ConcurrentHashMap<>();
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    public InMemoryTickLog() {
        this(Clock.systemUTC());
    }

    public InMemoryTickLog(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Instant now() {
        return clock.instant();
    }

    @Override
    public Result runOnce(Tick tick, BooleanSupplier work) {
        Instant latest = now().plus(MAX_CLOCK_SKEW);
        if (tick.due().isAfter(latest)) {
            return Result.NOT_DUE;
        }
        if (!inProgress.add(tick.schedule())) {
            return Result.IN_PROGRESS;
        }
        try {
            if (lastDone(tick.schedule())
                    .filter(last -> !last.isBefore(tick.due()) && !last.isAfter(latest))
                    .isPresent()) {
                return Result.ALREADY_DONE;
            }
            if (!work.getAsBoolean()) {
                return Result.NOT_DONE;
            }
            done.put(tick.schedule(), tick.due());
            return Result.DONE;
        } finally {
            inProgress.remove(tick.schedule());
        }
    }

    @Override
    public Optional<Instant> lastDone(String schedule) {
        return Optional.ofNullable(done.get(schedule));
    }
}
