package dev.odometer.kafka.worker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what has to become true. */
final class Wait {

    private static final Duration PATIENCE = Duration.ofSeconds(25);

    private Wait() {}

    static void until(BooleanSupplier condition, Supplier<String> state) {
        until(PATIENCE, condition, state);
    }

    static void until(Duration timeBudget, BooleanSupplier condition, Supplier<String> state) {
        long end = System.nanoTime() + timeBudget.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited in vain: " + state.get());
            }
            pause(50);
        }
    }

    static void pause(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
