package dev.odometer.local.http.server;

import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Limits the memory for answers that wait for clients to read them. A client has a while to read its answer. After that,
 * the answer is given up if the memory is needed for another one. Thread-safe.
 */
public final class ReplyBudget {

    private static final int HEAP_FRACTION = 8;
    private static final Duration SLOW = Duration.ofSeconds(10);

    private final long maxBytes;
    private final long slowNanos;
    /** The time at which each answer was added, the oldest first. */
    private final Map<Answer, Long> waiting = new LinkedHashMap<>();

    private long bytes;

    /** An answer that is held in memory. */
    interface Answer {

        int size();

        /** Releases the memory; the client does not get the rest. */
        void giveUp();
    }

    ReplyBudget(long maxBytes, Duration slow) {
        this.maxBytes = maxBytes;
        this.slowNanos = slow.toNanos();
    }

    public static ReplyBudget ofHeap(long heapBytes) {
        return new ReplyBudget(heapBytes / HEAP_FRACTION, SLOW);
    }

    /** Adds an answer; false if there is not enough memory for it. A single answer always fits. */
    synchronized boolean add(Answer answer, long now) {
        Iterator<Map.Entry<Answer, Long>> oldest = waiting.entrySet().iterator();
        while (!hasRoomFor(answer) && oldest.hasNext()) {
            Map.Entry<Answer, Long> slow = oldest.next();
            if (now - slow.getValue() < slowNanos) {
                return false;
            }
            oldest.remove();
            bytes -= slow.getKey().size();
            slow.getKey().giveUp();
        }
        waiting.put(answer, now);
        bytes += answer.size();
        return true;
    }

    private boolean hasRoomFor(Answer answer) {
        return bytes + answer.size() <= maxBytes;
    }

    synchronized void remove(Answer answer) {
        if (waiting.remove(answer) != null) {
            bytes -= answer.size();
        }
    }
}
