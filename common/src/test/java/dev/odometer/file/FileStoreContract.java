package dev.odometer.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.refusal.Refusal;
import dev.odometer.refusal.RefusalKind;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link FileStore} must do; one subclass per store. */
public abstract class FileStoreContract {

    private static final String TYPE = "application/x-ndjson";

    private FileStore store;

    /** A store with a container that is empty, or has no file of these tests. */
    protected abstract FileStore store() throws Exception;

    /** A container that is there. */
    protected abstract String container();

    @BeforeEach
    void openStore() throws Exception {
        store = store();
    }

    private FileName name(String key) {
        return new FileName(container(), key);
    }

    private void write(String key, byte[] content) {
        store.write(name(key), TYPE, out -> out.write(content));
    }

    private void write(String key, String content) {
        write(key, content.getBytes(StandardCharsets.UTF_8));
    }

    private String read(String key, long from) throws IOException {
        try (FileContent content = store.open(name(key), null, from)) {
            return new String(content.stream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.csv", "2026/11/a b.csv", "ü/ß+%20&=?#.csv", "deep/er/and/deeper/a.ndjson.gz"})
    void readsWhatWasWritten(String key) throws IOException {
        write(key, "one\ntwo\n");

        assertThat(read(key, 0)).isEqualTo("one\ntwo\n");
    }

    @Test
    void readsFromAnyByte() throws IOException {
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

        try (FileContent read = store.open(name("large.bin"), null, 0)) {
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
    void givesAnotherContentAnotherVersion() throws IOException {
        write("version.csv", "one");
        String first = version("version.csv");
        write("version.csv", "another");

        assertThat(version("version.csv")).isNotEqualTo(first);
        assertThatThrownBy(() -> store.open(name("version.csv"), first, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.NOT_FOUND));
        assertThat(read("version.csv", 0)).isEqualTo("another");
    }

    @Test
    void opensTheVersionThatIsThere() throws IOException {
        write("same.csv", "one");

        try (FileContent content = store.open(name("same.csv"), version("same.csv"), 1)) {
            assertThat(content.stream().readAllBytes()).asString().isEqualTo("ne");
        }
    }

    private String version(String key) throws IOException {
        try (FileContent content = store.open(name(key), null, 0)) {
            return content.version();
        }
    }

    @Test
    void refusesAFileThatIsNotThere() {
        assertThatThrownBy(() -> store.open(name("nothing.csv"), null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, no -> assertThat(no.kind()).isEqualTo(RefusalKind.NOT_FOUND))
                .hasMessageContaining("nothing.csv");
    }

    @Test
    void leavesWhatWasThereWhenWritingFails() throws IOException {
        write("half.csv", "whole");

        assertThatThrownBy(() -> store.write(name("half.csv"), TYPE, this::writeHalf))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("half");
        assertThatThrownBy(() -> store.write(name("never.csv"), TYPE, this::writeHalf))
                .isInstanceOf(IllegalStateException.class);
        assertThat(read("half.csv", 0)).isEqualTo("whole");
        assertThatThrownBy(() -> store.open(name("never.csv"), null, 0)).isInstanceOf(Refusal.class);
    }

    private void writeHalf(OutputStream out) throws IOException {
        out.write(new byte[100_000]);
        throw new IllegalStateException("half");
    }
}
