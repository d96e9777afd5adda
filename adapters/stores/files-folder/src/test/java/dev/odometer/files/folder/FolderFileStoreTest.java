package dev.odometer.files.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.file.FileName;
import dev.odometer.functions.file.FileStore;
import dev.odometer.functions.file.FileStoreContract;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderFileStoreTest extends FileStoreContract {

    @TempDir
    Path temporary;

    private FileStore store;

    @BeforeEach
    void open() {
        store = new FolderFileStore(temporary.resolve("files"));
    }

    @Override
    protected FileStore store() {
        return store;
    }

    @Override
    protected String container() {
        return "inbox";
    }

    @Override
    protected long streamedBytes() {
        return 160_000_000;
    }

    private static void write(FileStore store, String key) {
        store.write(new FileName("inbox", key), "text/csv", out -> out.write('x'));
    }

    private static void assertNotFound(FileStore store, String key) {
        assertThatThrownBy(() -> store.open(new FileName("inbox", key), null, 0))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.NOT_FOUND));
    }

    @Test
    void leavesNoTemporaryFiles() throws IOException {
        write(store, "a/b.csv");
        assertThatThrownBy(() -> store.write(new FileName("inbox", "a/c.csv"), "text/csv", out -> {
                    throw new IOException("no");
                }))
                .isInstanceOf(Refusal.class);

        try (Stream<Path> files = Files.list(temporary.resolve("files/inbox/a"))) {
            assertThat(files).containsExactly(temporary.resolve("files/inbox/a/b.csv"));
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void doesNotFollowLinksOutOfTheFolder() throws IOException {
        write(store, "in.csv");
        Files.writeString(temporary.resolve("secret"), "secret");
        Path inbox = temporary.resolve("files/inbox");
        Files.createSymbolicLink(inbox.resolve("file"), temporary.resolve("secret"));
        Files.createSymbolicLink(inbox.resolve("folder"), temporary);
        Files.createSymbolicLink(inbox.resolve("inside"), inbox.resolve("in.csv"));

        assertNotFound(store, "file");
        assertNotFound(store, "folder/secret");
        assertThatThrownBy(() -> write(store, "folder/new")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> write(store, "folder/new/er")).isInstanceOf(Refusal.class);
        assertThat(temporary.resolve("new")).doesNotExist();
        assertThat(store.open(new FileName("inbox", "inside"), null, 0).size()).isEqualTo(1);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void replacesALinkAndNotItsTarget() throws IOException {
        Files.createDirectories(temporary.resolve("files/inbox"));
        Path secret = Files.writeString(temporary.resolve("secret"), "secret");
        Files.createSymbolicLink(temporary.resolve("files/inbox/a.csv"), secret);

        write(store, "a.csv");

        assertThat(secret).hasContent("secret");
        assertThat(temporary.resolve("files/inbox/a.csv")).hasContent("x");
    }

    @Test
    void refusesAFolderAsAFile() {
        write(store, "a/b.csv");

        assertNotFound(store, "a");
        assertNotFound(store, "a/b.csv/c");
        assertThatThrownBy(() -> write(store, "a")).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> write(store, "a/b.csv/c")).isInstanceOf(Refusal.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {221, 256, 1000})
    void refusesNamesThatAreTooLong(int length) {
        assertThatThrownBy(() -> write(store, "a".repeat(length)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(RefusalKind.INVALID));
    }

    @Test
    void readsAFileToItsEndWhenItIsReplaced() throws IOException {
        var name = new FileName("inbox", "a.csv");
        store.write(name, "text/csv", out -> out.write(new byte[1_000_000]));

        try (var content = store.open(name, null, 0)) {
            content.stream().read();
            write(store, "a.csv");

            assertThat(content.stream().readAllBytes()).hasSize(999_999);
        }
    }
}
