package dev.odometer.kafka.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** The counters of the engine, registered from the start, so that a query sees the first increase. */
final class EngineMetrics {

    private final Counter counted;
    private final Counter repeated;
    private final Counter poison;
    private final Counter tombstones;
    private final Counter emitted;
    private final Counter applied;

    EngineMetrics(MeterRegistry registry) {
        counted = events(registry, "counted");
        repeated = events(registry, "repeated");
        poison = events(registry, "poison");
        tombstones = events(registry, "tombstone");
        emitted = deltas(registry, "emitted");
        applied = deltas(registry, "applied");
    }

    private static Counter events(MeterRegistry registry, String outcome) {
        return Counter.builder("odometer.streams.events")
                .description("Processed records; processing that is rolled back counts as well")
                .tag("outcome", outcome)
                .register(registry);
    }

    private static Counter deltas(MeterRegistry registry, String step) {
        return Counter.builder("odometer.streams.deltas")
                .description("Deltas sent to the topic of deltas, and applied to the database")
                .tag("step", step)
                .register(registry);
    }

    void counted() {
        counted.increment();
    }

    void repeated() {
        repeated.increment();
    }

    void poison() {
        poison.increment();
    }

    void tombstone() {
        tombstones.increment();
    }

    void emitted(int count) {
        emitted.increment(count);
    }

    void applied(int count) {
        applied.increment(count);
    }
}
