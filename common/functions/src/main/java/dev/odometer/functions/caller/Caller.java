package dev.odometer.functions.caller;

import dev.odometer.functions.refusal.Refusal;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The client on whose behalf a thread runs. When the client disconnects, its cancellable work is canceled. Only work
 * without side effects may be cancellable. Thread-safe.
 */
public final class Caller {

    private static final ThreadLocal<@Nullable Caller> CURRENT = new ThreadLocal<>();

    private boolean isDisconnected;
    private @Nullable Runnable cancellation;

    /** The caller of the current thread's work. On platforms that do not report disconnects, a caller that never disconnects. */
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
     * Runs work that is canceled when the caller disconnects.
     *
     * @param cancel makes the work fail; called from another thread, possibly several times, but not after the work
     * @throws Refusal UNAVAILABLE when the caller has disconnected
     */
    public <T> T cancellable(Runnable cancel, Supplier<T> work) {
        begin(cancel);
        try {
            return work.get();
        } catch (RuntimeException failure) {
            throw end() ? disconnected(failure) : failure;
        } finally {
            end();
        }
    }

    private static Refusal disconnected(RuntimeException cause) {
        return Refusal.unavailable("the client closed the connection", cause);
    }

    private synchronized void begin(Runnable cancel) {
        if (isDisconnected) {
            throw disconnected(new CancellationException());
        }
        cancellation = cancel;
    }

    /** Waits for a cancellation in progress, so that it does not affect later work. */
    private synchronized boolean end() {
        cancellation = null;
        return isDisconnected;
    }

    /**
     * Reports that the caller has disconnected. Call it repeatedly until the work ends: a cancellation between two
     * statements has no effect.
     */
    public synchronized void disconnect() {
        isDisconnected = true;
        if (cancellation != null) {
            cancellation.run();
        }
    }
}
