package dev.odometer.functions.binding;

import java.time.Duration;
import java.util.function.LongSupplier;

/** The time at which a platform ends an invocation. Measured by a monotonic clock. */
public final class Deadline {

    /** For platforms without a time limit. */
    public static final Deadline NONE = new Deadline(Long.MAX_VALUE, System::nanoTime);

    private final long nanos;
    private final LongSupplier time;

    private Deadline(long nanos, LongSupplier time) {
        this.nanos = nanos;
        this.time = time;
    }

    public static Deadline in(Duration left) {
        return in(left, System::nanoTime);
    }

    /** @param time the clock, in nanoseconds from any origin, like {@link System#nanoTime} */
    public static Deadline in(Duration left, LongSupplier time) {
        return new Deadline(time.getAsLong() + left.toNanos(), time);
    }

    /** A deadline that is earlier by the margin. */
    public Deadline before(Duration margin) {
        return nanos == Long.MAX_VALUE ? this : new Deadline(nanos - margin.toNanos(), time);
    }

    /** The current time of its clock, to measure how long calls take. */
    public long nanoTime() {
        return time.getAsLong();
    }

    /** Whether at least this much time remains. */
    public boolean hasAtLeast(Duration needed) {
        return nanos == Long.MAX_VALUE || nanos - time.getAsLong() >= needed.toNanos();
    }
}
