package dev.odometer.event.functions.imports;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads batches in its own thread while earlier ones are counted. The queue holds a few, so that memory stays bounded.
 */
final class ReadAhead implements AutoCloseable {

    private static final int MAX_QUEUED = 4;

    private final BlockingQueue<Read> queue = new ArrayBlockingQueue<>(MAX_QUEUED);
    private final Thread thread;

    /** A batch, or the failure that ended the reading. */
    private record Read(@Nullable Batch batch, @Nullable Throwable failure) {}

    /** Opens, reads and closes the batches in the new thread. */
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
                    queue.put(new Read(batch, null));
                }
            } catch (RuntimeException | Error failure) {
                queue.put(new Read(null, failure));
            }
        } catch (InterruptedException closed) {
            // The consumer has closed this; there is no one to report to.
        }
    }

    /**
     * The next batch, or empty if it takes longer than {@code timeout}.
     *
     * @throws RuntimeException the failure that ended the reading
     */
    Optional<Batch> next(Duration timeout) throws InterruptedException {
        Read read = queue.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
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
