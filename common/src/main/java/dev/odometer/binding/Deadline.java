package dev.odometer.binding;

import java.time.Duration;

/** When a platform ends an invocation, seen from inside it. Not moved by changes of the clock. */
public final class Deadline {

    /** For platforms that let work take its time. */
    public static final Deadline NONE = new Deadline(Long.MAX_VALUE);

    private final long nanos;

    private Deadline(long nanos) {
        this.nanos = nanos;
    }

    public static Deadline in(Duration left) {
        return new Deadline(System.nanoTime() + left.toNanos());
    }

    /** Whether so much time is left. */
    public boolean leaves(Duration needed) {
        return nanos == Long.MAX_VALUE || nanos - System.nanoTime() >= needed.toNanos();
    }
}
