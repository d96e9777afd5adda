package dev.odometer.metering.usage;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;

/** Accepts reported events for counting, either synchronously or through a queue. */
@FunctionalInterface
public interface UsageIntake {

    /**
     * Accepts events. Once it returns, all events are durable and will be counted once. When it throws, each event may
     * or may not have been accepted. A retry with all of them is safe, since duplicates are ignored. Safe for
     * concurrent use.
     *
     * @param events with their times
     * @throws Refusal UNAVAILABLE when they cannot be stored now; INVALID, with nothing accepted, when one can never be
     *     stored
     */
    void accept(List<UsageEvent> events);
}
