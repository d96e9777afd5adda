package dev.odometer.functions.binding;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When a platform ends an invocation, seen from inside it. Not moved by changes of the clock. */
public final class Deadline {

    /** For platforms that let work take its time. */
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

    /** By another time than the machine's, in nanoseconds from any origin. */
    public static Deadline in(Duration left, LongSupplier time) {
        return new Deadline(time.getAsLong() + left.toNanos(), time);
    }

    /** One that is so much earlier. */
    public Deadline before(Duration margin) {
        return nanos == Long.MAX_VALUE ? this : new Deadline(nanos - margin.toNanos(), time);
    }

    /** Whether so much time is left. */
    public boolean leaves(Duration needed) {
        return nanos == Long.MAX_VALUE || nanos - time.getAsLong() >= needed.toNanos();
    }
}
