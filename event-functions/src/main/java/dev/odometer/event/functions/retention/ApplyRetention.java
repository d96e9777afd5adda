package dev.odometer.event.functions.retention;

import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Deletes or compresses records whose retention period has ended, in batches. Usage events are never deleted:
 * queries about the past, including those of meters that are created later, are computed from them.
 */
public final class ApplyRetention implements Consumer<Timed<Tick>> {

    private static final int BATCH_SIZE = 1000;
    /** The time that must be left to start another batch. */
    private static final Duration MIN_TIME = Duration.ofSeconds(2);

    private final List<Rule> rules;

    public ApplyRetention(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** A retention period and the deletion of what has exceeded it. */
    public record Rule(Duration period, Deletion deletion) {}

    /** Deletes one batch of expired records. */
    public interface Deletion {
        /**
         * @param before records from before this time are expired
         * @return the number of deleted records; 0 when none is left
         */
        int delete(Instant before, int limit);
    }

    @Override
    public void accept(Timed<Tick> tick) {
        for (Rule rule : rules) {
            Instant before = tick.item().due().minus(rule.period);
            do {
                if (!tick.deadline().hasAtLeast(MIN_TIME)) {
                    throw Refusal.unavailable(
                            "no time is left to delete or compress all expired records", new IllegalStateException());
                }
            } while (rule.deletion.delete(before, BATCH_SIZE) > 0);
        }
    }
}
