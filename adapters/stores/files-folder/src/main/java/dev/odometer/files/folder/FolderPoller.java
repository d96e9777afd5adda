package dev.odometer.files.folder;

import dev.odometer.files.folder.ArrivalHandler.Result;
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
 * Polls a container of a folder, passes its files to a handler, oldest first, and moves them to the containers {@code
 * done} or {@code failed}. A file is complete when two consecutive scans find it with the same size and time. There is
 * no state besides the files: after a crash, a file in progress is found again, so a file can be passed more than once.
 */
public final class FolderPoller implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(FolderPoller.class);
    private static final Duration MAX_PAUSE = Duration.ofMinutes(5);
    private static final int JITTER_PERCENT = 20;
    /** How long {@link #close} waits for the file in progress. */
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final Path inbox;
    private final String container;
    private final Archive done;
    private final Archive failed;
    private final ArrivalHandler handover;
    private final Duration pause;
    private final Backoff backoff;
    private final Thread thread = new Thread(this::watch, "folder-arrivals");
    private final Map<Path, Retry> retries = new HashMap<>();
    private final CountDownLatch stop = new CountDownLatch(1);

    /**
     * A version to retry.
     *
     * @param due the earliest time of the next attempt, by {@link System#nanoTime}
     */
    private record Retry(Version version, int failures, long due) {}

    /**
     * @param folder the folder of a {@link FolderFileStore}
     * @param container the polled container; it is created together with {@code done} and {@code failed}
     * @param pause the pause between scans, and before the first retry
     * @throws IOException when the folders cannot be created
     */
    public FolderPoller(Path folder, String container, ArrivalHandler handover, Duration pause) throws IOException {
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

    /** Waits up to 15 seconds for the file in progress, then interrupts it. */
    @Override
    public void close() {
        stop.countDown();
        try {
            thread.join(GRACE.toMillis());
            thread.interrupt();
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void watch() {
        Map<Path, Version> before = Map.of();
        try {
            while (!isStopped()) {
                Map<Path, Version> now = scan();
                retries.keySet().retainAll(now.keySet());
                for (Map.Entry<Path, Version> file : complete(before, now)) {
                    if (!isStopped()) {
                        process(file.getKey(), file.getValue());
                    }
                }
                before = now;
                stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private Map<Path, Version> scan() {
        try {
            return DirectoryScan.at(inbox);
        } catch (IOException | RuntimeException failure) {
            LOG.warn("{} cannot be scanned: {}", inbox, failure.toString());
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

    private void process(Path file, Version version) {
        Retry retry = retries.get(file);
        if (retry != null && !retry.version().equals(version)) {
            retry = null;
        }
        if (retry != null && System.nanoTime() - retry.due() < 0) {
            return;
        }
        Result result = result(file, version);
        if (result == Result.RETRY || !isArchived(file, version, result == Result.DONE ? done : failed)) {
            int failures = retry == null ? 1 : retry.failures() + 1;
            long due = System.nanoTime() + backoff.pause(failures).toNanos();
            retries.put(file, new Retry(version, failures, due));
        }
    }

    private Result result(Path file, Version version) {
        String key = inbox.relativize(file).toString().replace('\\', '/');
        Instant changed = Instant.EPOCH.plusNanos(version.changedNanos());
        var arrival = new FileArrival(container, key, version.toString(), version.size(), changed);
        try {
            // The deadline's clock stands still until this is closed, and then jumps past the deadline. The fractions
            // of the maximum avoid an overflow.
            return handover.handle(
                    arrival,
                    Deadline.in(Duration.ofNanos(Long.MAX_VALUE / 4), () -> isStopped() ? Long.MAX_VALUE / 2 : 0));
        } catch (RuntimeException unexpected) {
            LOG.error("{} could not be processed", file, unexpected);
            return Result.RETRY;
        }
    }

    /** Moves a file to an archive. A file that has changed since it was handled stays and is handled again. */
    private boolean isArchived(Path file, Version version, Archive archive) {
        try {
            if (Version.of(file).equals(version)) {
                archive.take(inbox, file);
                LOG.info("moved {} to {}", inbox.relativize(file), archive.folder());
            }
            return true;
        } catch (IOException failure) {
            LOG.warn("{} cannot be moved to {}: {}", file, archive.folder(), failure.toString());
            return false;
        }
    }
}
