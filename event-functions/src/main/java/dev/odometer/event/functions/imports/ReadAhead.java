package dev.odometer.event.functions.imports;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads batches in a thread of its own while the ones before are counted; a few, so that memory stays bounded. */
final class ReadAhead implements AutoCloseable {

    private static final int MAX_WAITING = 4;

    private final BlockingQueue<Read> waiting = new ArrayBlockingQueue<>(MAX_WAITING);
    private final Thread thread;

    /** A batch, or what stopped the reading. */
    private record Read(@Nullable Batch batch, @Nullable Throwable failure) {}

    /** The batches are opened, read and closed by the thread. */
    ReadAhead(Supplier<Batches> opening) {
        thread = new Thread(() -> run(opening), "import-ahead");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Supplier<Batches> opening) {
        try {
            try (Batches batches = opening.get()) {
                boolean isLast = false;
                while (!isLast) {
                    Batch batch = batches.next();
                    isLast = batch.isLast();
                    waiting.put(new Read(batch, null));
                }
            } catch (RuntimeException | Error failure) {
                waiting.put(new Read(null, failure));
            }
        } catch (InterruptedException closed) {
            // Nobody takes any more.
        }
    }

    /**
     * The next batch, or nothing if it takes longer than this.
     *
     * @throws RuntimeException what the reading threw behind the batch before
     */
    Optional<Batch> next(Duration timeBudget) throws InterruptedException {
        Read read = waiting.poll(timeBudget.toMillis(), TimeUnit.MILLISECONDS);
        if (read == null) {
            return Optional.empty();
        }
        if (read.failure() instanceof RuntimeException failure) {
            throw failure;
        }
        if (read.failure() instanceof Error error) {
            throw error;
        }
        return Optional.ofNullable(read.batch());
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
