package dev.odometer.conformance.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time and chance: all that happens in a run follows from its seed. There is one thread. While a step waits,
 * the steps that are due run nested in it, so that calls of several processes overlap.
 */
final class World {

    static final Instant START = Instant.parse("2026-11-02T01:57:00Z");
    /** A waiting step at this depth only lets time pass; the steps that are due run after it. */
    private static final int MAX_DEPTH = 6;

    final Random random;
    private final Plan plan;
    private final PriorityQueue<Step> agenda =
            new PriorityQueue<>(Comparator.comparing(Step::at).thenComparing(Step::order));
    private Instant now = START;
    private long order;
    private int depth;
    private boolean isCalm;
    /** How long the current step has waited itself, without the steps that are nested in it. */
    private Duration waited = Duration.ZERO;

    private @Nullable String violation;

    private record Step(Instant at, long order, Runnable work) {}

    World(Plan plan) {
        this.plan = plan;
        random = new Random(plan.seed());
    }

    Instant now() {
        return now;
    }

    /** Nanoseconds since the start. */
    long nanos() {
        return Duration.between(START, now).toNanos();
    }

    /** Ends the faults. */
    void calm() {
        isCalm = true;
    }

    boolean isCalm() {
        return isCalm;
    }

    boolean happens(Fault fault) {
        return !isCalm && random.nextInt(100) < plan.percent(fault);
    }

    /** Checks an invariant. A violation is recorded, because code that is tested may handle an exception. */
    void require(boolean holds, String invariant) {
        if (!holds && violation == null) {
            violation = invariant + " at " + now;
        }
    }

    /** The first violation of an invariant. */
    Optional<String> violation() {
        return Optional.ofNullable(violation);
    }

    /** Runs work that must not wait longer than the limit. */
    <T> T within(Duration limit, String what, Supplier<T> work) {
        Duration before = waited;
        try {
            return work.get();
        } finally {
            Duration took = waited.minus(before);
            require(took.compareTo(limit) <= 0, what + " waited " + took);
        }
    }

    boolean isPlanned(Fault fault) {
        return plan.percent(fault) > 0;
    }

    Duration millis(int from, int to) {
        return Duration.ofMillis(from + random.nextInt(to - from));
    }

    void after(Duration delay, Runnable work) {
        agenda.add(new Step(now.plus(delay), order++, work));
    }

    /** Waits, while other steps happen. They may take longer, as other processes may on a busy machine. */
    void pass(Duration time) {
        Instant end = now.plus(time);
        waited = waited.plus(time);
        depth++;
        try {
            if (depth < MAX_DEPTH) {
                runUntil(end);
            }
        } finally {
            depth--;
        }
        if (now.isBefore(end)) {
            now = end;
        }
    }

    /** Runs all steps up to a time. */
    void runUntil(Instant end) {
        for (Step next = agenda.peek(); next != null && !next.at().isAfter(end); next = agenda.peek()) {
            agenda.remove();
            if (now.isBefore(next.at())) {
                now = next.at();
            }
            Duration outer = waited;
            next.work().run();
            waited = outer;
        }
    }
}
