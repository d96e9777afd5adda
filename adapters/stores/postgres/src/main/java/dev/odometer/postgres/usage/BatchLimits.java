package dev.odometer.postgres.usage;

import dev.odometer.functions.refusal.Refusal;

/**
 * Bounds the memory of a batch while it is counted. A body is small enough for the heap, but each of its events is read
 * by all meters of its type.
 *
 * @param readings of all events by all meters
 * @param entries of the rollups: the combinations of series and minute
 */
record BatchLimits(long readings, long entries) {

    // A reading takes about 100 bytes and an entry 250. Two batches are written at once.
    private static final int HEAP_PER_READING = 400;
    private static final int HEAP_PER_ENTRY = 2000;

    static BatchLimits ofHeap(long heapBytes) {
        return new BatchLimits(heapBytes / HEAP_PER_READING, heapBytes / HEAP_PER_ENTRY);
    }

    /** @throws Refusal INVALID when there are too many */
    void checkReadings(long count) {
        if (count > readings) {
            throw tooMany("are read more than " + readings + " times by the meters of their types");
        }
    }

    /** @throws Refusal INVALID when there are too many */
    void checkEntries(long count) {
        if (count > entries) {
            throw tooMany("add to more than " + entries + " combinations of meter, subject, group and minute");
        }
    }

    private static Refusal tooMany(String excess) {
        return Refusal.invalid("the events of the batch " + excess + "; send fewer events at once");
    }
}
