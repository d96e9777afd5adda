package dev.odometer.metering.usage;

import dev.odometer.functions.refusal.Refusal;
import java.util.List;

/** Where reported events are handed over to be counted: by whoever takes them, or later by somebody else. */
@FunctionalInterface
public interface UsageIntake {

    /**
     * Takes events. Once it returns, every one of them survives any crash and will be counted once. When it throws, each
     * may have been taken or not, and handing over all of them again is harmless: of events with one identity the first
     * wins. Safe to call concurrently.
     *
     * @param events with their times
     * @throws Refusal UNAVAILABLE when they cannot be kept now; INVALID, with nothing taken, when one never can be
     */
    void accept(List<UsageEvent> events);
}
