package dev.odometer.local.http;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes of bodies may be in memory at a time, so that many long ones wait their turn instead of exhausting the
 * heap. Fair, in units of a kibibyte.
 */
final class BodyBudget {

    /** What is read from a body takes several times its bytes. */
    private static final int HEAP_PART = 16;

    private static final int UNIT = 1024;
    private static final long PATIENCE_MILLIS = 5000;

    private final Semaphore units;

    private BodyBudget(int units) {
        this.units = new Semaphore(units, true);
    }

    /** A part of the heap, but enough for one body of the longest kind and its inflated form. */
    static BodyBudget ofHeap(long heapBytes, int longestBody) {
        long bytes = Math.max(heapBytes / HEAP_PART, 2L * longestBody + 2 * UNIT);
        return new BodyBudget((int) Math.min(bytes / UNIT, Integer.MAX_VALUE));
    }

    /** Whether there was room, now or soon. */
    boolean take(long bytes) {
        try {
            return units.tryAcquire(units(bytes), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    void give(long bytes) {
        units.release(units(bytes));
    }

    private static int units(long bytes) {
        return (int) (bytes / UNIT) + 1;
    }
}
