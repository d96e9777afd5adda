package dev.odometer.functions.caller;

import dev.odometer.functions.refusal.Refusal;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The caller that a thread works for. When the caller leaves, work that it alone waits for is canceled. Only work
 * without effect may be cancellable. Thread-safe.
 */
public final class Caller {

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    private boolean hasLeft;
    private @Nullable Runnable cancellation;

    /** The caller of the current thread's work. On platforms that do not report it, a caller that never leaves. */
    public static Caller current() {
        return Objects.requireNonNullElseGet(CURRENT.get(), Caller::new);
    }

    /** Runs work for this caller on the current thread. */
    public <T> T serve(Supplier<T> work) {
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            CURRENT.remove();
        }
    }

    /**
     * Runs work that ends early if the caller leaves.
     *
     * @param cancel makes the work fail; called from another thread, possibly several times, but not after the work
     * @throws Refusal UNAVAILABLE when the caller has left
     */
    public <T> T cancellable(Runnable cancel, Supplier<T> work) {
        begin(cancel);
        try {
            return work.get();
        } catch (RuntimeException failure) {
            throw end() ? gone(failure) : failure;
        } finally {
            end();
        }
    }

    private static Refusal gone(RuntimeException cause) {
        return Refusal.unavailable("the client closed the connection", cause);
    }

    private synchronized void begin(Runnable cancel) {
        if (hasLeft) {
            throw gone(new CancellationException());
        }
        cancellation = cancel;
    }

    /** Waits for a cancellation in progress, so that it does not affect later work. */
    private synchronized boolean end() {
        cancellation = null;
        return hasLeft;
    }

    /**
     * Reports that the caller has left. To be repeated while the work continues, because a cancellation between two
     * steps of the work has no effect.
     */
    public synchronized void leave() {
        hasLeft = true;
        if (cancellation != null) {
            cancellation.run();
        }
    }
}
