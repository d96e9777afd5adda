package dev.odometer.files.folder;

import dev.odometer.files.folder.Handover.Result;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.retry.Backoff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands over the files of a folder's container, oldest first, and moves them to {@code done} or {@code failed} beside it.
 * A file is complete when two looks find it with the same size and time. Nothing is kept but the files: those that were
 * being handled in a crash are found again, so a file may be handed over more than once.
 */
public final class FolderArrivals implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderArrivals.class);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);
    private static final int JITTER_PERCENT = 20;
    /** For a file in hand to come to its end when the watching does. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Path inbox;
    private final String container;
    private final Archive done;
    private final Archive failed;
    private final Handover handover;
    private final Duration pause;
    private final Backoff backoff;
    private final Thread thread = new Thread(this::watch, "folder-arrivals");
    private final Map<Path, Waiting> waiting = new HashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    /** A version that has to be handed over again, not before that time of {@link System#nanoTime}. */
    private record Waiting(Version version, int failures, long due) {}

    /**
     * @param folder of a {@link FolderFileStore}
     * @param container which is watched; it is made, with {@code done} and {@code failed}
     * @param pause between looks, and before the first repetition
     * @throws IOException when the folders cannot be made
     */
    public FolderArrivals(Path folder, String container, Handover handover, Duration pause) throws IOException {
        Path root = Files.createDirectories(folder).toRealPath();
        this.inbox = Files.createDirectories(root.resolve(container));
        this.done = new Archive(Files.createDirectories(root.resolve("done")));
        this.failed = new Archive(Files.createDirectories(root.resolve("failed")));
        this.container = container;
        this.handover = handover;
        this.pause = pause;
        this.backoff = Backoff.exponential(pause, MAX_PAUSE, JITTER_PERCENT);
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Lets the file in hand come to its end for 15 seconds; then interrupts it. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(GRACE.toMillis());
            thread.interrupt();
        } catch (InterruptedException hurry) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        Map<Path, Version> before = Map.of();
        try {
            while (!isStopped()) {
                Map<Path, Version> now = look();
                waiting.keySet().retainAll(now.keySet());
                for (Map.Entry<Path, Version> file : complete(before, now)) {
                    if (!isStopped()) {
                        handOver(file.getKey(), file.getValue());
                    }
                }
                before = now;
                stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<Path, Version> look() {
        try {
            return DirectoryScan.at(inbox);
        } catch (IOException | RuntimeException failure) {
            LOG.warn("{} cannot be looked at: {}", inbox, failure.toString());
            return Map.of();
        }
    }

    private static List<Map.Entry<Path, Version>> complete(Map<Path, Version> before, Map<Path, Version> now) {
        return now.entrySet().stream()
                .filter(file -> file.getValue().equals(before.get(file.getKey())))
                .sorted(Comparator.<Map.Entry<Path, Version>>comparingLong(
                                file -> file.getValue().changedNanos())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }

    private boolean isStopped() {
        return stop.getCount() == 0;
    }

    private void handOver(Path file, Version version) {
        Waiting again = waiting.get(file);
        if (again != null && !again.version().equals(version)) {
            again = null;
        }
        if (again != null && System.nanoTime() - again.due() < 0) {
            return;
        }
        Result result = result(file, version);
        if (result == Result.AGAIN || !isPutAway(file, version, result == Result.DONE ? done : failed)) {
            int failures = again == null ? 1 : again.failures() + 1;
            long due = System.nanoTime() + backoff.pause(failures).toNanos();
            waiting.put(file, new Waiting(version, failures, due));
        }
    }

    private Result result(Path file, Version version) {
        String key = inbox.relativize(file).toString().replace('\\', '/');
        Instant changed = Instant.EPOCH.plusNanos(version.changedNanos());
        var arrival = new FileArrival(container, key, version.toString(), version.size(), changed);
        try {
            // Ends when the watching does, and not before.
            return handover.handle(
                    arrival,
                    Deadline.in(Duration.ofNanos(Long.MAX_VALUE / 4), () -> isStopped() ? Long.MAX_VALUE / 2 : 0));
        } catch (RuntimeException surprise) {
            LOG.error("{} could not be handed over", file, surprise);
            return Result.AGAIN;
        }
    }

    /** A file that is not the one that was handled is left where it is. */
    private boolean isPutAway(Path file, Version version, Archive shelf) {
        try {
            if (Version.of(file).equals(version)) {
                shelf.take(inbox, file);
                LOG.info("{} is moved to {}", inbox.relativize(file), shelf.folder());
            }
            return true;
        } catch (IOException failure) {
            LOG.warn("{} cannot be moved to {}: {}", file, shelf.folder(), failure.toString());
            return false;
        }
    }
}
