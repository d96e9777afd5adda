package dev.odometer.event.functions.retention;

import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.schedule.Tick;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/**
 * Forgets what was kept long enough, part by part. Events are never among it: whatever is asked about the past, of meters
 * that are yet to be made too, is counted from them.
 */
public final class ApplyRetention implements Consumer<Timed<Tick>> {

    private static final int PART = 1000;
    /** For one more part. */
    private static final Duration LEAST = Duration.ofSeconds(2);

    private final List<Rule> rules;

    public ApplyRetention(List<Rule> rules) {
        this.rules = List.copyOf(rules);
    }

    /** How long something is kept, and how it is forgotten. */
    public record Rule(Duration kept, Forgetting forgetting) {}

    /** Forgets a part of what is older. */
    public interface Forgetting {
        /** @return how many; 0 when there are no more */
        int forget(Instant before, int limit);
    }

    @Override
    public void accept(Timed<Tick> tick) {
        for (Rule rule : rules) {
            Instant before = tick.item().due().minus(rule.kept);
            do {
                if (!tick.deadline().leaves(LEAST)) {
                    throw Refusal.unavailable("there was no time left to forget all", new IllegalStateException());
                }
            } while (rule.forgetting.forget(before, PART) > 0);
        }
    }
}
