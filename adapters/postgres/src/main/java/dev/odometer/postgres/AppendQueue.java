package dev.odometer.postgres;

import dev.odometer.postgres.EventWriter.Written;
import dev.odometer.usage.Receipt;
import dev.odometer.usage.UsageEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets calls that append at the same time share a transaction, and so the wait for the disk. Whoever gets one of the
 * lanes writes what has queued up, its own call included, and hands the others their receipts; no thread of its own.
 */
final class AppendQueue {

    private static final int LANES = 2;
    private static final int MOST_SHARED = 4000;

    private final Semaphore lanes = new Semaphore(LANES, true);
    private final Queue<Call> waiting = new ArrayDeque<>();
    private final Function<List<UsageEvent>, Written> write;

    AppendQueue(Function<List<UsageEvent>, Written> write) {
        this.write = write;
    }

    private static final class Call {
        final List<UsageEvent> events;
        volatile @Nullable List<Receipt> receipts;
        volatile @Nullable RuntimeException failure;
        volatile @Nullable Error error;

        Call(List<UsageEvent> events) {
            this.events = events;
        }

        boolean isDone() {
            return receipts != null || failure != null || error != null;
        }
    }

    List<Receipt> append(List<UsageEvent> events) {
        var call = new Call(events);
        synchronized (waiting) {
            waiting.add(call);
        }
        while (!call.isDone()) {
            lanes.acquireUninterruptibly();
            try {
                if (!call.isDone()) {
                    serve(next());
                }
            } finally {
                lanes.release();
            }
        }
        return outcome(call);
    }

    private static List<Receipt> outcome(Call call) {
        if (call.failure != null) {
            throw call.failure;
        }
        if (call.error != null) {
            throw call.error;
        }
        return java.util.Objects.requireNonNull(call.receipts);
    }

    private List<Call> next() {
        var calls = new ArrayList<Call>();
        synchronized (waiting) {
            int events = 0;
            for (Call call = waiting.peek(); call != null; call = waiting.peek()) {
                events += call.events.size();
                if (!calls.isEmpty() && events > MOST_SHARED) {
                    break;
                }
                calls.add(waiting.remove());
            }
        }
        return calls;
    }

    private void serve(List<Call> calls) {
        if (calls.isEmpty()) {
            // The other lane has this call and is about to finish it.
            Thread.onSpinWait();
            return;
        }
        try {
            attempt(calls);
        } catch (RuntimeException failure) {
            // One call's events may be what failed; they must not take the others with them.
            calls.forEach(call -> alone(call, calls.size() == 1 ? failure : null));
        } catch (Error error) {
            calls.forEach(call -> call.error = error);
        }
    }

    private void alone(Call call, @Nullable RuntimeException failure) {
        try {
            if (failure != null) {
                throw failure;
            }
            attempt(List.of(call));
        } catch (RuntimeException own) {
            call.failure = own;
        }
    }

    private void attempt(List<Call> calls) {
        var batch = new ArrayList<UsageEvent>();
        calls.forEach(call -> batch.addAll(call.events));
        BitSet isNew = write.apply(batch).isNew();
        int place = 0;
        for (Call call : calls) {
            var receipts = new ArrayList<Receipt>(call.events.size());
            for (int i = 0; i < call.events.size(); i++) {
                receipts.add(isNew.get(place++) ? Receipt.RECORDED : Receipt.ALREADY_RECORDED);
            }
            call.receipts = receipts;
        }
    }
}
