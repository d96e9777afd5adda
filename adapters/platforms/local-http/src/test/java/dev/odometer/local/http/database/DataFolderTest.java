package dev.odometer.local.http.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odometer.functions.refusal.StartRefusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A data folder that cannot be used prevents the start with a sentence. */
class DataFolderTest {

    @TempDir
    Path folder;

    private static void refuses(Path unusable) {
        assertThatThrownBy(() -> EmbeddedDatabase.start(unusable))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("The data folder " + unusable + " cannot be used: ")
                .hasNoCause();
    }

    @Test
    void mustNotBeAFile() throws IOException {
        refuses(Files.writeString(folder.resolve("file"), ""));
        refuses(folder.resolve("file/below"));
    }

    /** On Linux, even root cannot create a folder in /proc. */
    @EnabledOnOs(OS.LINUX)
    @Test
    void mustBeCreatable() {
        refuses(Path.of("/proc/odometer-data"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\0b"})
    void mustBeNamed(String setting) {
        assertThatThrownBy(() -> EmbeddedDatabaseInitializer.folder(setting))
                .isInstanceOf(StartRefusal.class)
                .hasMessageStartingWith("odometer.data-dir must be the path of a folder, but is: ");
    }

    @Test
    void isTakenAsSet() {
        assertThat(EmbeddedDatabaseInitializer.folder("./odometer-data")).isEqualTo(Path.of("./odometer-data"));
    }
}
