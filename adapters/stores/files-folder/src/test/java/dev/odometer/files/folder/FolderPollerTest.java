package dev.odometer.files.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.files.folder.ArrivalHandler.Result;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.file.FileName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderPollerTest {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final Duration LONG_PAUSE = Duration.ofMillis(500);

    @TempDir
    Path folder;

    private final List<FileArrival> arrivals = new CopyOnWriteArrayList<>();
    private volatile ArrivalHandler handover = (file, deadline) -> Result.DONE;
    private FolderPoller watcher;

    @BeforeEach
    void watch() throws IOException {
        watcher = new FolderPoller(folder, "inbox", this::handle, PAUSE);
    }

    private Result handle(FileArrival file, Deadline deadline) {
        arrivals.add(file);
        return handover.handle(file, deadline);
    }

    @AfterEach
    void stop() {
        watcher.close();
    }

    private Path file(String path) {
        return folder.resolve(path);
    }

    private Path create(String path, String content) throws IOException {
        Files.createDirectories(file(path).getParent());
        Path part = Files.writeString(file(path + ".part"), content);
        return Files.move(part, file(path));
    }

    private static void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time").isLessThan(end);
            Thread.sleep(10);
        }
    }

    private void awaitFile(String path) throws InterruptedException {
        await(() -> Files.exists(file(path)));
    }

    @Test
    void passesAnArrivedFileAndMovesItToDone() throws Exception {
        Instant before = Instant.now();
        watcher.start();
        create("inbox/2026/11/a b.csv", "one");

        awaitFile("done/2026/11/a b.csv");

        assertThat(file("inbox/2026/11/a b.csv")).doesNotExist();
        assertThat(arrivals).singleElement().satisfies(file -> {
            assertThat(file.container()).isEqualTo("inbox");
            assertThat(file.key()).isEqualTo("2026/11/a b.csv");
            assertThat(file.size()).isEqualTo(3);
            assertThat(file.arrivedAt())
                    .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        });
    }

    @Test
    void passesTheVersionOfTheStore() throws Exception {
        var store = new FolderFileStore(folder);
        handover = (file, deadline) -> {
            try (var content = store.open(new FileName(file.container(), file.key()), file.version(), 0)) {
                return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8).equals("one")
                        ? Result.DONE
                        : Result.FAILED;
            } catch (IOException failure) {
                return Result.RETRY;
            }
        };
        create("inbox/a.csv", "one");
        watcher.start();

        awaitFile("done/a.csv");
    }

    @Test
    void findsFilesThatExistedBeforeTheStart() throws Exception {
        create("inbox/a.csv", "one");
        watcher.start();

        awaitFile("done/a.csv");
    }

    @Test
    void movesAFailedFileWithItsRejectedLines() throws Exception {
        handover = (file, deadline) -> Result.FAILED;
        create("inbox/a.csv.rejected.ndjson", "{}");
        create("inbox/a.csv", "one");
        watcher.start();

        awaitFile("failed/a.csv");

        assertThat(file("failed/a.csv.rejected.ndjson")).hasContent("{}");
        assertThat(file("inbox/a.csv.rejected.ndjson")).doesNotExist();
    }

    @Test
    void doesNotOverwriteArchivedFiles() throws Exception {
        create("done/a.csv.gz", "first");
        create("done/a-2.csv.gz.rejected.ndjson", "{}");
        create("inbox/a.csv.gz", "third");
        watcher.start();

        awaitFile("done/a-3.csv.gz");

        assertThat(file("done/a.csv.gz")).hasContent("first");
        assertThat(file("done/a-3.csv.gz")).hasContent("third");
    }

    @ParameterizedTest
    @ValueSource(strings = {".hidden.csv", ".git/config", "a.part", "a.tmp", "a.csv.rejected.ndjson"})
    void ignoresHiddenAndUnfinishedFiles(String name) throws Exception {
        create("inbox/" + name, "one");
        watcher.start();
        create("inbox/z.csv", "last");

        awaitFile("done/z.csv");

        assertThat(arrivals).extracting(FileArrival::key).containsExactly("z.csv");
        assertThat(file("inbox/" + name)).exists();
    }

    @Test
    void waitsForAGrowingFile() throws Exception {
        watcher = new FolderPoller(folder, "inbox", this::handle, LONG_PAUSE);
        watcher.start();
        String name = "0.csv";
        for (int attempt = 1; !hasGrownSteadily(file("inbox/" + name)); attempt++) {
            name = attempt + ".csv";
        }

        awaitFile("done/" + name);

        String steady = name;
        assertThat(arrivals)
                .filteredOn(file -> file.key().equals(steady))
                .extracting(FileArrival::size)
                .containsExactly(1500L);
        assertThat(Files.size(file("done/" + name))).isEqualTo(1500);
    }

    /** Appends lines, and returns whether each was written within the pause of the scans. It is not on a busy machine. */
    private static boolean hasGrownSteadily(Path file) throws Exception {
        boolean isSteady = true;
        long last = System.nanoTime();
        for (int i = 0; i < 300; i++) {
            long start = System.nanoTime();
            Files.writeString(file, "line\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            isSteady &= System.nanoTime() - last < LONG_PAUSE.toNanos();
            last = start;
            Thread.sleep(5);
        }
        return isSteady;
    }

    @Test
    void retriesWithExponentialBackoff() throws Exception {
        var times = new CopyOnWriteArrayList<Long>();
        handover = (file, deadline) -> {
            times.add(System.nanoTime());
            return times.size() < 4 ? Result.RETRY : Result.DONE;
        };
        create("inbox/a.csv", "one");
        watcher.start();

        awaitFile("done/a.csv");

        assertThat(times).hasSize(4);
        assertThat(times.get(3) - times.get(2))
                .isGreaterThanOrEqualTo(PAUSE.multipliedBy(4).toNanos());
    }

    @Test
    void processesOtherFilesWhileOneIsRetried() throws Exception {
        handover = (file, deadline) -> file.key().equals("a.csv") ? Result.RETRY : Result.DONE;
        create("inbox/a.csv", "one");
        watcher.start();
        create("inbox/b.csv", "two");

        awaitFile("done/b.csv");

        assertThat(file("inbox/a.csv")).exists();
    }

    @Test
    void retriesAfterAnUnexpectedException() throws Exception {
        handover = (file, deadline) -> {
            if (arrivals.size() == 1) {
                throw new IllegalStateException("unexpected");
            }
            return Result.DONE;
        };
        create("inbox/a.csv", "one");
        watcher.start();

        awaitFile("done/a.csv");
    }

    @Test
    void handlesAFileAgainThatChangedDuringTheAttempt() throws Exception {
        handover = (file, deadline) -> {
            try {
                if (arrivals.size() == 1) {
                    Files.delete(file("inbox/a.csv"));
                    create("inbox/a.csv", "another");
                }
                return Result.DONE;
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        };
        create("inbox/a.csv", "one");
        watcher.start();

        awaitFile("done/a.csv");

        assertThat(file("done/a.csv")).hasContent("another");
        assertThat(arrivals).extracting(FileArrival::size).containsExactly(3L, 7L);
    }

    @Test
    void expiresTheDeadlineOfAnAttemptWhenClosed() throws Exception {
        var started = new CountDownLatch(1);
        var expired = new AtomicBoolean();
        handover = (file, deadline) -> {
            started.countDown();
            while (deadline.hasAtLeast(Duration.ZERO) && !Thread.currentThread().isInterrupted()) {
                Thread.onSpinWait();
            }
            expired.set(!deadline.hasAtLeast(Duration.ZERO));
            return Result.RETRY;
        };
        create("inbox/a.csv", "one");
        watcher.start();
        assertThat(started.await(2, TimeUnit.MINUTES)).isTrue();

        watcher.close();

        await(expired::get);
        assertThat(file("inbox/a.csv")).exists();
    }

    @Test
    void doesNotFollowLinks() throws Exception {
        Path outside = Files.writeString(folder.resolve("outside.csv"), "secret");
        Files.createSymbolicLink(file("inbox/link.csv"), outside);
        watcher.start();
        create("inbox/z.csv", "last");

        awaitFile("done/z.csv");

        assertThat(arrivals).extracting(FileArrival::key).containsExactly("z.csv");
        try (Stream<Path> left = Files.list(file("inbox"))) {
            assertThat(left).containsExactly(file("inbox/link.csv"));
        }
    }
}
