package dev.odometer.kafka.worker;

import dev.odometer.door.batch.Outcome;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Locale;

/**
 * The worker's metrics per channel: {@code odometer.batch.records} (size), {@code odometer.batch.time},
 * {@code odometer.outcomes} by kind and {@code odometer.dead.letters}. They count deliveries, so a redelivered record is
 * counted more than once.
 */
final class WorkerMeters {

    private static final String CHANNEL = "channel";

    private final MeterRegistry registry;

    WorkerMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void batch(String channel, int records, Runnable work) {
        DistributionSummary.builder("odometer.batch.records")
                .tag(CHANNEL, channel)
                .register(registry)
                .record(records);
        Timer.builder("odometer.batch.time")
                .tag(CHANNEL, channel)
                .register(registry)
                .record(work);
    }

    void outcomes(String channel, RecordOutcomes handled) {
        count(channel, "tombstone", handled.tombstones());
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            long all = handled.outcomes().stream()
                    .filter(outcome -> outcome.kind() == kind)
                    .count();
            count(
                    channel,
                    kind.name().toLowerCase(Locale.ROOT),
                    kind == Outcome.Kind.OK ? all - handled.tombstones() : all);
        }
    }

    /** Counts records that were sent to a dead-letter topic; 0 creates the counter. */
    void deadLetters(String channel, int records) {
        registry.counter("odometer.dead.letters", CHANNEL, channel).increment(records);
    }

    private void count(String channel, String outcome, long records) {
        registry.counter("odometer.outcomes", CHANNEL, channel, "outcome", outcome)
                .increment((double) records);
    }
}
