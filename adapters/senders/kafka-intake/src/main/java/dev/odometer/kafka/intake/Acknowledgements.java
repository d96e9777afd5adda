package dev.odometer.kafka.intake;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Waits until all records of a batch are acknowledged or one of them has failed. */
final class Acknowledgements implements Callback {

    private final AtomicInteger pending;
    private final CompletableFuture<Void> all = new CompletableFuture<>();

    /** @param count the number of records, at least 1 */
    Acknowledgements(int count) {
        pending = new AtomicInteger(count);
    }

    @Override
    public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
        if (failure != null) {
            all.completeExceptionally(failure);
        } else if (pending.decrementAndGet() == 0) {
            all.complete(null);
        }
    }

    boolean haveFailed() {
        return all.isCompletedExceptionally();
    }

    void await(Duration atMost) throws ExecutionException, TimeoutException, InterruptedException {
        all.get(atMost.toMillis(), java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
