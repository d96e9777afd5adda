package dev.odometer.functions.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import org.junit.jupiter.api.Test;

/** The contract of {@link FileStore}; one subclass per store. */
public abstract class FileStoreContract extends FileNamesContract {

    /**
     * The size of the file in the streaming test, in bytes; larger than the heap of the tests where the store allows
     * it.
     */
    protected long streamedBytes() {
        return 1_000_000;
    }

    @Test
    void readsFromAnyOffset() throws IOException {
        write("from.csv", "0123456789");

        assertThat(read("from.csv", 4)).isEqualTo("456789");
        assertThat(read("from.csv", 10)).isEmpty();
        assertThat(read("from.csv", 11)).isEmpty();
    }

    @Test
    void keepsEveryByte() throws IOException {
        byte[] content = new byte[20_000_001];
        new SplittableRandom(7).nextBytes(content);
        write("large.bin", content);

        try (FileContent read = store().open(name("large.bin"), null, 0)) {
            assertThat(read.size()).isEqualTo(content.length);
            assertThat(Arrays.equals(read.stream().readAllBytes(), content)).isTrue();
        }
    }

    @Test
    void keepsAnEmptyFile() throws IOException {
        write("empty.csv", "");

        assertThat(read("empty.csv", 0)).isEmpty();
        assertThat(read("empty.csv", 5)).isEmpty();
    }

    @Test
    void changesTheVersionWithTheContent() throws IOException {
        write("version.csv", "one");
        String first = version("version.csv");
        write("version.csv", "another");

        assertThat(version("version.csv")).isNotEqualTo(first);
        assertThatThrownBy(() -> store().open(name("version.csv"), first, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.NOT_FOUND));
        assertThat(read("version.csv", 0)).isEqualTo("another");
    }

    @Test
    void opensTheCurrentVersion() throws IOException {
        write("same.csv", "one");

        try (FileContent content = store().open(name("same.csv"), version("same.csv"), 1)) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("ne");
        }
    }

    private String version(String key) throws IOException {
        try (FileContent content = store().open(name(key), null, 0)) {
            return content.version();
        }
    }

    @Test
    void refusesAMissingFile() {
        assertThatThrownBy(() -> store().open(name("nothing.csv"), null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.NOT_FOUND))
                .hasMessageContaining("nothing.csv");
    }

    @Test
    void deletesAFileWheneverItExists() throws IOException {
        write("folder/deleted.csv", "one");
        write("folder/kept.csv", "two");

        store().delete(name("folder/deleted.csv"));
        store().delete(name("folder/deleted.csv"));

        assertThatThrownBy(() -> store().open(name("folder/deleted.csv"), null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.NOT_FOUND));
        assertThat(read("folder/kept.csv", 0)).isEqualTo("two");
    }

    @Test
    void keepsTheOldFileWhenWritingFails() throws IOException {
        write("half.csv", "whole");

        assertThatThrownBy(() -> store().write(name("half.csv"), TYPE, this::writeHalf))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("half");
        assertThatThrownBy(() -> store().write(name("never.csv"), TYPE, this::writeHalf))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read("half.csv", 0)).isEqualTo("whole");
        assertThatThrownBy(() -> store().open(name("never.csv"), null, 0)).isInstanceOf(Refusal.class);
    }

    private void writeHalf(OutputStream out) throws IOException {
        out.write(new byte[100_000]);
        throw new IllegalStateException("half");
    }

    @Test
    void discardsIncompleteContentEvenWhenTheStreamWasClosed() {
        assertThatThrownBy(() -> store().write(name("closed.csv"), TYPE, this::writeAndCloseHalf))
                .isInstanceOf(IllegalStateException.class);

        assertThatThrownBy(() -> store().open(name("closed.csv"), null, 0)).isInstanceOf(Refusal.class);
    }

    /** Closes the stream early, like a compressing stream that ends. */
    private void writeAndCloseHalf(OutputStream out) throws IOException {
        out.write(new byte[100_000]);
        out.close();
        throw new IllegalStateException("half");
    }

    @Test
    void changesTheVersionWithContentOfTheSameSize() throws IOException {
        var versions = new HashSet<String>();
        for (int i = 10; i < 40; i++) {
            write("same-size.csv", "content " + i);
            versions.add(version("same-size.csv"));
        }

        assertThat(versions).hasSize(30);
    }

    @Test
    void streamsFilesLargerThanMemory() throws IOException {
        byte[] block = new byte[64 * 1024];
        new SplittableRandom(3).nextBytes(block);
        long blocks = streamedBytes() / block.length;
        var read = new CRC32();

        store().write(name("streamed.bin"), TYPE, out -> {
            for (long i = 0; i < blocks; i++) {
                out.write(block);
            }
        });
        try (FileContent content = store().open(name("streamed.bin"), null, 0)) {
            assertThat(content.size()).isEqualTo(blocks * block.length);
            content.stream().transferTo(new CheckedOutputStream(OutputStream.nullOutputStream(), read));
        }

        var expected = new CRC32();
        LongStream.range(0, blocks).forEach(i -> expected.update(block));
        assertThat(read.getValue()).isEqualTo(expected.getValue());
    }

    @Test
    void allowsPartialReads() throws IOException {
        write("part.bin", new byte[3_000_000]);

        for (int i = 0; i < 50; i++) {
            try (FileContent content = store().open(name("part.bin"), null, i)) {
                assertThat(content.stream().read()).isZero();
            }
        }
        assertThat(read("part.bin", 2_999_999)).hasSize(1);
    }

    /** Reading a replaced file may fail, but must never continue with the new content. */
    private String readOrBroken(String key) {
        try {
            return read(key, 0);
        } catch (IOException broken) {
            return "broken";
        }
    }

    @Test
    protected void neverMixesVersionsDuringConcurrentWrites() throws Exception {
        write("busy.csv", "0".repeat(200_000));
        var threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<Object>> work = new ArrayList<>();
            for (int i = 1; i <= 30; i++) {
                String digit = String.valueOf(i % 10);
                work.add(() -> {
                    write("busy.csv", digit.repeat(200_000));
                    return null;
                });
                work.add(() -> assertThat(readOrBroken("busy.csv")).matches("(\\d)\\1{199999}|broken"));
            }
            for (Future<Object> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(read("busy.csv", 0)).hasSize(200_000);
    }
}
