package dev.odometer.local.http.server;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Limits the memory for request bodies, so that many large ones wait for each other instead of exhausting the heap. A
 * fair semaphore with units of one kibibyte. Thread-safe.
 */
public final class BodyBudget {

    /** The fraction of the heap. Objects parsed from a body take several times its size. */
    private static final int HEAP_FRACTION = 16;

    private static final int UNIT = 1024;
    private static final long TIMEOUT_MILLIS = 5000;

    private final Semaphore units;

    private BodyBudget(int units) {
        this.units = new Semaphore(units, true);
    }

    /** A fraction of the heap, but enough for one body of the maximum size, compressed and decompressed. */
    public static BodyBudget ofHeap(long heapBytes, int maxBodyBytes) {
        long bytes = Math.max(heapBytes / HEAP_FRACTION, 2L * maxBodyBytes + 2 * UNIT);
        return new BodyBudget((int) Math.min(bytes / UNIT, Integer.MAX_VALUE));
    }

    /**
     * Reserves memory in units of one kibibyte, waiting up to 5 seconds. Returns false if there was not enough.
     */
    boolean take(long bytes) {
        try {
            return units.tryAcquire(units(bytes), TIMEOUT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Releases the units of reservations. */
    void give(int reserved) {
        units.release(reserved);
    }

    static int units(long bytes) {
        return (int) ((bytes + UNIT - 1) / UNIT);
    }
}
